import { canonicalJson } from '../../../../catalog/snapshot/canonical-json.ts';
import { factText } from '../fact-text.ts';
import type { Fact } from '../../../../dialect/structure/fact.ts';
import type { DefinitionStatement } from '../../../../dialect/definition.ts';
import type { Alteration, PlanContext } from '../../../../dialect/structure/rules.ts';
import { readRows } from '../../inspect/read-rows.ts';
import type { Kind, ReadFact } from '../kind.ts';
import { idOf, isOwnSchema, quoted } from '../names.ts';
import { addConstraint } from '../../online/constraint.ts';
import { attachPartition } from '../../online/partition.ts';
import { conditionOf, homesOf, isDefault, siblingsOf, stays } from '../partition-homes.ts';
import { isNew, placeOf, tableIdOf, tableNameOf, tableOf } from '../relation.ts';
import { step } from '../step.ts';

interface PartitionRow {
  readonly schema: string;
  readonly table: string;
  readonly source_schema: string;
  readonly source: string;
  readonly bound: string;
  readonly condition: string | null;
}

const partitionQuery = `
  select n.nspname as schema, c.relname as table, pn.nspname as source_schema, p.relname as source,
    pg_get_expr(c.relpartbound, c.oid) as bound,
    nullif(pg_get_partition_constraintdef(c.oid), '') as condition
  from pg_inherits i join pg_class c on c.oid = i.inhrelid join pg_namespace n on n.oid = c.relnamespace
  join pg_class p on p.oid = i.inhparent join pg_namespace pn on pn.oid = p.relnamespace
  where c.relkind in ('r', 'p') and c.relispartition and ${isOwnSchema('n.nspname')}`;

function factOf(row: PartitionRow): ReadFact {
  const { schema, table, source_schema: sourceSchema, source: sourceTable, bound } = row;
  const source = idOf('table', sourceSchema, sourceTable);
  return {
    kind: 'partition',
    id: idOf('partition', schema, table),
    parent: idOf('table', schema, table),
    attributes: { source, bound },
    requires: [source],
    notes: { schema, table, name: table, source, sourceSchema, sourceTable, condition: row.condition },
    addresses: [],
  };
}

/** That a table is a part of a partitioned one. Attaching and detaching keeps its rows. */
export const partitionKind: Kind = {
  kind: 'partition',
  read: async (connection) => (await readRows<PartitionRow>(connection, partitionQuery, [])).map(factOf),
  rules: {
    create: attach,
    drop: detach,
    alter,
    occupies: ({ attributes }) => `place in ${factText(attributes['source'])}`,
    // the rows find another place once the table is out of the way of those that take them
    outlivesParent: (fact, table, context) => homesOf(table, context).length > 0 && fact.parent === table.id,
    rank: -2000,
  },
};

/** Where the table above is another one, whatever came from the one before is its own for a moment, and can change. */
function alter(from: Fact, to: Fact, context: PlanContext): Alteration {
  if (from.attributes['source'] !== to.attributes['source']) return { how: 'replace' };
  return { how: 'in-place', prepare: detach(from, context), steps: attach(to, context) };
}

/** What is true of each row is proved beforehand, where others can write meanwhile. */
function attach(fact: Fact, context: PlanContext): readonly DefinitionStatement[] {
  const { schema, table } = placeOf(fact);
  const parent = { namespace: factText(fact.notes?.['sourceSchema']), name: factText(fact.notes?.['sourceTable']) };
  const condition = conditionOf(fact);
  const rest = siblingsOf(fact, context.from).find(
    ({ attributes, parent: id }) => isDefault(attributes) && stays(id, context),
  );
  const attached = {
    parent,
    partition: { namespace: schema, name: table },
    bound: factText(fact.attributes['bound']),
    ...(condition === undefined ? {} : { condition }),
    ...(rest === undefined ? {} : { defaultPartition: tableNameOf(rest) }),
  };
  const isEmpty = isNew(tableIdOf(fact), context);
  const before = context.from.facts.get(fact.id);
  // between detaching and attaching again its rows are out of sight: nothing long comes between
  if (before !== undefined) {
    const note = `${table} is read while nobody else can use it`;
    return [
      ...renameNotNulls(before, fact, context),
      ...attachPartition(attached, 'plain').map((one) => ({ ...one, note })),
    ];
  }
  const safe = isEmpty && rest === undefined ? 'plain' : context.safe;
  const first = isEmpty ? [] : [...renameNotNulls(before, fact, context), ...proveForeignKeys(fact, context)];
  return [...first, ...attachPartition({ ...attached, isEmpty }, safe)];
}

/** Not-null constraints have names that only a table by itself can change. */
function renameNotNulls(from: Fact | undefined, to: Fact, context: PlanContext): readonly DefinitionStatement[] {
  if (from?.attributes['source'] === to.attributes['source']) return [];
  const table = context.to.facts.get(tableIdOf(to));
  const columns = table === undefined ? [] : context.partsOf(table, context.to).filter(({ kind }) => kind === 'column');
  return columns.flatMap((column) => {
    const before = context.from.facts.get(column.id);
    const [old, next] = [before?.notes?.['notNullName'], column.notes?.['notNullName']];
    const isSame =
      before?.attributes['notNull'] !== undefined &&
      canonicalJson(before.attributes['notNull']) === canonicalJson(column.attributes['notNull'] ?? null);
    if (!isSame || typeof old !== 'string' || typeof next !== 'string' || old === next) return [];
    return [step(`alter table ${tableOf(to)} rename constraint ${quoted(old)} to ${quoted(next)}`)];
  });
}

/** Foreign keys of the table above are looked at beforehand: attaching takes them over. */
function proveForeignKeys(fact: Fact, context: PlanContext): readonly DefinitionStatement[] {
  if (context.safe === 'plain') return [];
  const { from, to, partsOf } = context;
  const table = { ...tableNameOf(fact) };
  const keysOf = (id: string, { facts }: typeof from): readonly Fact[] => {
    const owner = facts.get(id);
    return owner === undefined ? [] : partsOf(owner, id === tableIdOf(fact) ? from : to).filter(isForeignKey);
  };
  const own = keysOf(tableIdOf(fact), from).map(({ attributes }) => attributes['definition']);
  return keysOf(factText(fact.notes?.['source']), to)
    .filter((key) => from.facts.has(key.id) && !own.includes(key.attributes['definition'] ?? null))
    .flatMap((key) =>
      addConstraint({ table, name: placeOf(key).name, definition: factText(key.attributes['definition']) }, 'online'),
    );
}

function isForeignKey({ kind, attributes }: Fact): boolean {
  return kind === 'constraint' && attributes['type'] === 'f';
}

/** Foreign keys that came from the table above stay behind: those that are not wanted go. */
function detach(fact: Fact, context: PlanContext): readonly DefinitionStatement[] {
  const { from, to, partsOf } = context;
  const staysAlone = to.facts.has(tableIdOf(fact)) && !to.facts.has(fact.id);
  const source = from.facts.get(factText(fact.notes?.['source']));
  const { schema, table } = placeOf(fact);
  const left = (source === undefined ? [] : partsOf(source, from))
    .filter(({ kind, attributes }) => kind === 'constraint' && attributes['type'] === 'f')
    .map((key) => placeOf(key).name)
    .filter((name) => to.facts.has(tableIdOf(fact)) && !to.facts.has(idOf('constraint', schema, table, name)));
  return [
    step(`alter table ${sourceOf(fact)} detach partition ${tableOf(fact)}`),
    ...left.map((name) => step(`alter table ${tableOf(fact)} drop constraint if exists ${quoted(name)}`)),
    ...(staysAlone ? renameNotNulls(undefined, fact, context) : []),
  ];
}

function sourceOf({ notes }: Fact): string {
  return quoted(factText(notes?.['sourceSchema']), factText(notes?.['sourceTable']));
}
