import { canonicalJson } from '../../../catalog/snapshot/canonical-json.ts';
import { memberOf } from '../definition/context.ts';
import { mysqlText } from '../text.ts';
import type { AlterClause, AlterCost } from './alter-clause.ts';
import { printIndex } from './print-table.ts';
import { namesIn } from './scan.ts';
import type { TableChanges } from './table-changes.ts';
import type { IndexShape } from './table-shape.ts';

/** The clauses for the indexes of a table: those that go before the columns change, and those that come after. */
export function indexClauses(changes: TableChanges): {
  readonly drops: readonly AlterClause[];
  readonly adds: readonly AlterClause[];
} {
  const { from, to, indexes } = changes;
  const renamed = renames(indexes.dropped, indexes.added);
  const toggled = indexes.changed.filter(([before, after]) => isSameBut('unused', before, after));
  const replaced = [...indexes.changed.filter((pair) => !toggled.includes(pair)), ...indexes.recreated];
  const dropped = indexes.dropped.filter((index) => !renamed.has(index));
  const added = indexes.added.filter((index) => ![...renamed.values()].includes(index));
  // An index that takes the place of another must come with the same statement: a foreign key may need one of them.
  const isFree = dropped.length === 0 && replaced.length === 0;
  return {
    drops: [
      ...dropped.map((index) => ({
        ...dropIndex(index),
        keys: keysOf(index),
        done: { question: 'missing' as const, object: memberOf(from, 'index', index.name) },
      })),
      ...replaced.map(([before]) => ({ ...dropIndex(before), keys: [...keysOf(before), replacing(before)] })),
    ],
    adds: [
      ...[...renamed].map(([before, after]): AlterClause => ({
        sql: `rename index ${mysqlText.name(before.name)} to ${mysqlText.name(after.name)}`,
        about: printIndex(before),
        place: 'main',
        cost: 'catalog',
        done: { question: 'exists', object: memberOf(to, 'index', after.name) },
      })),
      ...replaced.map(([before, after]) => ({
        ...addIndex(after, false),
        keys: [...keysOf(after), replacing(before)],
      })),
      ...added.map((index) => ({
        ...addIndex(index, isFree && !isNumbered(index, changes)),
        keys: keysOf(index, isFree),
        done: { question: 'exists' as const, object: memberOf(to, 'index', index.name) },
      })),
      ...toggled.map(([before, after]) => toggleIndex(before, after)),
    ],
  };
}

/**
 * Indexes that begin with the same column take each other's place under a foreign key, unless all of them are new; a
 * numbered column is held by any that has it.
 */
function keysOf({ columns }: IndexShape, isFree = false): readonly string[] {
  const names = [...namesIn(columns)];
  const leads = names[0] === undefined || isFree ? [] : [`leads ${names[0]}`];
  return [...leads, ...names.map((name) => `number ${name}`)];
}

function replacing({ name }: IndexShape): string {
  return `index ${name.toLowerCase()}`;
}

function dropIndex(index: IndexShape): AlterClause {
  const { name, method } = index;
  const isPrimary = method === 'PRIMARY KEY';
  const sql = isPrimary ? 'drop primary key' : `drop index ${mysqlText.name(name)}`;
  return { sql, about: printIndex(index), place: 'main', cost: isPrimary ? 'copy' : 'catalog' };
}

function addIndex(index: IndexShape, isFree: boolean): AlterClause {
  const isPrimary = index.method === 'PRIMARY KEY';
  const cost: AlterCost = isPrimary ? 'copy' : 'read';
  const note =
    isPrimary || index.method.startsWith('UNIQUE') ? `rows with the same ${index.columns} are refused` : undefined;
  return {
    sql: `add ${printIndex(index)}`,
    place: isFree && !isPrimary ? 'last' : 'main',
    cost,
    ...(note === undefined ? {} : { note }),
  };
}

function toggleIndex(before: IndexShape, after: IndexShape): AlterClause {
  const isIgnored = /IGNORED/.test(before.unused + after.unused);
  const [off, on] = isIgnored ? ['ignored', 'not ignored'] : ['invisible', 'visible'];
  return {
    sql: `alter index ${mysqlText.name(after.name)} ${after.unused === '' ? on : off}`,
    about: printIndex(before),
    place: 'main',
    cost: 'catalog',
  };
}

/** A numbered column needs an index from its first moment. */
function isNumbered({ columns }: IndexShape, { to }: TableChanges): boolean {
  return to.columns.some(
    ({ name, parts }) => parts.autoIncrement !== undefined && namesIn(columns).has(name.toLowerCase()),
  );
}

/** Pairs of indexes that differ in nothing but their names. */
function renames(dropped: readonly IndexShape[], added: readonly IndexShape[]): ReadonlyMap<IndexShape, IndexShape> {
  const found = new Map<IndexShape, IndexShape>();
  const left = new Set(added);
  for (const before of dropped) {
    const after = [...left].find((one) => isSameBut('name', before, one));
    if (after === undefined) continue;
    left.delete(after);
    found.set(before, after);
  }
  return found;
}

function isSameBut(member: 'name' | 'unused', before: IndexShape, after: IndexShape): boolean {
  return canonicalJson({ ...before, [member]: '' }) === canonicalJson({ ...after, [member]: '' });
}
