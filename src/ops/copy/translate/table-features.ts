import type { Expression } from '../../../catalog/model/expression.ts';
import type { ForeignKey } from '../../../catalog/model/constraint.ts';
import type { IndexDefinition, IndexKey } from '../../../catalog/model/index-definition.ts';
import { findColumn, type Table } from '../../../catalog/model/table.ts';
import { derivedName } from '../../../util/names.ts';
import { columnFeatures } from './column-features.ts';
import { portableExpression } from './portable-expression.ts';
import type { Between, Feature } from './translation.ts';

/** Everything said about a table beyond its columns and key, in the order in which it can be added. */
export function tableFeatures(table: Table, base: Table, between: Between): readonly Feature[] {
  const { sameEngine } = between;
  const { comment, options } = table;
  const named = <T extends { readonly name: string }>(member: T): T => rename(member, table, between);
  const expression = (written: Expression): Expression | undefined =>
    sameEngine
      ? written
      : portableExpression(
          written,
          table.columns.map(({ name }) => name),
        );
  return [
    ...(options === undefined
      ? []
      : [{ what: `options ${Object.keys(options).join(', ')}`, ways: sameEngine ? [set({ options })] : [] }]),
    ...table.columns.flatMap((column) => columnFeatures(column, base, between, expression)),
    ...table.uniques.map((unique): Feature => ({
      what: `unique ${unique.name}`,
      ways: [add('uniques', named(unique))],
    })),
    ...table.checks.map((check): Feature => {
      const portable = expression(check.expression);
      const ways = portable === undefined ? [] : [add('checks', named({ ...check, expression: portable }))];
      return { what: `check ${check.name}`, ways };
    }),
    ...table.indexes.map((index): Feature => ({
      what: `index ${index.name}`,
      ways: indexWays(index, sameEngine, expression).map((way) => add('indexes', named(way))),
    })),
    ...table.foreignKeys.map((key): Feature => foreignKeyFeature(key, table, between, named)),
    ...(comment === undefined ? [] : [{ what: 'its comment', ways: [set({ comment })] }]),
  ];
}

function set(members: Partial<Table>): (table: Table) => Table {
  return (table) => ({ ...table, ...members });
}

function add<K extends 'uniques' | 'checks' | 'indexes' | 'foreignKeys'>(
  list: K,
  member: Table[K][number],
): (table: Table) => Table {
  return (table) => ({ ...table, [list]: [...table[list], member] });
}

/** A name that no other member has: engines differ in how far a name must be unique. */
function rename<T extends { readonly name: string }>(member: T, table: Table, { sameEngine, taken }: Between): T {
  if (sameEngine) return member;
  const candidates = [member.name, derivedName(table.name, member.name)];
  const free = candidates.find((name) => !taken.has(name.toLowerCase())) ?? derivedName(table.name, member.name, '2');
  taken.add(free.toLowerCase());
  return { ...member, name: free };
}

function indexWays(
  index: IndexDefinition,
  sameEngine: boolean,
  expression: (written: Expression) => Expression | undefined,
): readonly IndexDefinition[] {
  if (sameEngine) return [index];
  const { where, keys, method, comment: _, ...rest } = index;
  const predicate = where === undefined ? undefined : expression(where);
  const plain = keys.map((key) => plainKey(key, expression)).filter((key) => key !== undefined);
  if (method !== undefined || plain.length < keys.length || (where !== undefined && predicate === undefined)) return [];
  const full = { ...rest, keys: plain, ...(predicate === undefined ? {} : { where: predicate }) };
  const { include: _include, nullsNotDistinct = false, ...bare } = full;
  return nullsNotDistinct ? [full] : [full, bare];
}

/** Of a key's details only its direction means the same everywhere. An index on a part of a text is one on all of it. */
function plainKey(key: IndexKey, expression: (written: Expression) => Expression | undefined): IndexKey | undefined {
  const { column, expression: written, order, operatorClass } = key;
  const direction = order === undefined ? {} : { order };
  if (operatorClass !== undefined) return undefined;
  if (written === undefined) return column === undefined ? undefined : { column, ...direction };
  const portable = expression(written);
  return portable === undefined ? undefined : { expression: portable, ...direction };
}

function foreignKeyFeature(
  key: ForeignKey,
  table: Table,
  between: Between,
  named: (key: ForeignKey) => ForeignKey,
): Feature {
  const what = `foreign key ${key.name}`;
  const there = withTarget(key, between);
  const isNeverNull = key.columns.some((name) => findColumn(table, name)?.nullable === false);
  if (between.sameEngine || !isNeverNull || (key.onDelete !== 'set-null' && key.onUpdate !== 'set-null'))
    return { what, ways: [add('foreignKeys', named(there))] };
  // Setting null fails on such a column, so the row is kept either way; some engines refuse to be told so.
  const strict = (action: ForeignKey['onDelete']): ForeignKey['onDelete'] =>
    action === 'set-null' ? 'no-action' : action;
  const kept = { ...there, onDelete: strict(key.onDelete), onUpdate: strict(key.onUpdate) };
  const note = `${what}: set null became no action, as its column is never null`;
  return { what, ways: [add('foreignKeys', named(kept))], note };
}

function withTarget(key: ForeignKey, { target }: Between): ForeignKey {
  if (target.dialect.traits.namespaces) return key;
  const { name, columns } = key.references;
  return { ...key, references: { name, columns } };
}
