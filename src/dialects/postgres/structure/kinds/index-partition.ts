import { factText } from '../fact-text.ts';
import type { DefinitionStatement } from '../../../../dialect/definition.ts';
import type { Fact } from '../../../../dialect/structure/fact.ts';
import type { PlanContext } from '../../../../dialect/structure/rules.ts';
import { readRows } from '../../inspect/read-rows.ts';
import { isLeaving } from '../is-leaving.ts';
import type { Kind, ReadFact } from '../kind.ts';
import { leaveRank } from '../leave-partitioned.ts';
import { idOf, isOwnSchema, quoted } from '../names.ts';
import { step } from '../step.ts';

interface IndexPartitionRow {
  readonly schema: string;
  readonly table: string;
  readonly name: string;
  readonly is_key: boolean;
  readonly source_schema: string;
  readonly source_table: string;
  readonly source: string;
  readonly is_source_key: boolean;
}

const isKey = (oid: string): string =>
  `exists (select from pg_constraint k where k.conindid = ${oid} and k.contype in ('p', 'u', 'x'))`;

const indexPartitionQuery = `
  select n.nspname as schema, t.relname as table, c.relname as name, ${isKey('c.oid')} as is_key,
    pn.nspname as source_schema, pt.relname as source_table, p.relname as source, ${isKey('p.oid')} as is_source_key
  from pg_inherits i join pg_class c on c.oid = i.inhrelid join pg_namespace n on n.oid = c.relnamespace
  join pg_index ci on ci.indexrelid = c.oid join pg_class t on t.oid = ci.indrelid
  join pg_class p on p.oid = i.inhparent join pg_namespace pn on pn.oid = p.relnamespace
  join pg_index pi on pi.indexrelid = p.oid join pg_class pt on pt.oid = pi.indrelid
  where not ${isLeaving('t.oid')} and ${isOwnSchema('n.nspname')}`;

function factOf(row: IndexPartitionRow): ReadFact {
  const { schema, table, name, source_schema: sourceSchema, source_table: sourceTable, source } = row;
  const owner = row.is_source_key
    ? idOf('constraint', sourceSchema, sourceTable, source)
    : idOf('index', sourceSchema, source);
  const partition = idOf('partition', schema, table);
  return {
    kind: 'index partition',
    id: idOf('index partition', schema, name),
    parent: row.is_key ? idOf('constraint', schema, table, name) : idOf('index', schema, name),
    attributes: { source: owner },
    requires: [owner, partition],
    notes: {
      schema,
      table,
      name,
      source: owner,
      index: quoted(schema, name),
      of: quoted(sourceSchema, source),
      partition,
    },
    addresses: [],
  };
}

/** That an index of a partition is a part of the index of the partitioned table, which is valid once all of them are. */
export const indexPartitionKind: Kind = {
  kind: 'index partition',
  read: async (connection) => (await readRows<IndexPartitionRow>(connection, indexPartitionQuery, [])).map(factOf),
  rules: {
    create,
    // it ends with one of the two tables or indexes: there is no statement for it
    drop: () => [],
    alter: () => ({ how: 'replace' }),
    dropRank: leaveRank,
    outlivesParent: () => true,
  },
};

/** A table that is attached in this plan brings its indexes along: they are there already. */
function create({ notes = {}, requires }: Fact, { from, to }: PlanContext): readonly DefinitionStatement[] {
  const link = factText(notes['partition']);
  const [before, after] = [from.facts.get(link), to.facts.get(link)];
  const isAttached = before?.attributes['source'] !== after?.attributes['source'];
  if (requires.includes(link) && isAttached) return [];
  // an exclusion constraint links those that it makes itself
  if (to.facts.get(factText(notes['source']))?.attributes['type'] === 'x') return [];
  return [step(`alter index ${factText(notes['of'])} attach partition ${factText(notes['index'])}`)];
}
