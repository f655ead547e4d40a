import { factText } from '../fact-text.ts';
import type { Fact } from '../../../../dialect/structure/fact.ts';
import type { DefinitionStatement } from '../../../../dialect/definition.ts';
import type { PlanContext } from '../../../../dialect/structure/rules.ts';
import { readRows } from '../../inspect/read-rows.ts';
import type { Kind, ReadFact } from '../kind.ts';
import { idOf, isOwnSchema, quoted } from '../names.ts';
import { placeOf, tableIdOf, tableOf } from '../relation.ts';
import { step } from '../step.ts';

interface PartitionRow {
  readonly schema: string;
  readonly table: string;
  readonly source_schema: string;
  readonly source: string;
  readonly bound: string;
}

const partitionQuery = `
  select n.nspname as schema, c.relname as table, pn.nspname as source_schema, p.relname as source,
    pg_get_expr(c.relpartbound, c.oid) as bound
  from pg_inherits i join pg_class c on c.oid = i.inhrelid join pg_namespace n on n.oid = c.relnamespace
  join pg_class p on p.oid = i.inhparent join pg_namespace pn on pn.oid = p.relnamespace
  where c.relkind in ('r', 'p') and c.relispartition and ${isOwnSchema('n.nspname')}`;

function factOf({ schema, table, source_schema: sourceSchema, source: sourceTable, bound }: PartitionRow): ReadFact {
  const source = idOf('table', sourceSchema, sourceTable);
  return {
    kind: 'partition',
    id: idOf('partition', schema, table),
    parent: idOf('table', schema, table),
    attributes: { source, bound },
    requires: [source],
    notes: { schema, table, name: table, source, sourceSchema, sourceTable },
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
    alter: (from, to, context) => ({ how: 'in-place', steps: [...detach(from, context), ...attach(to)] }),
    rank: -2000,
  },
};

function attach(fact: Fact): readonly DefinitionStatement[] {
  return [
    step(`alter table ${sourceOf(fact)} attach partition ${tableOf(fact)} ${factText(fact.attributes['bound'])}`),
  ];
}

/** Foreign keys that came from the table above stay behind: those that are not wanted go. */
function detach(fact: Fact, { from, to, partsOf }: PlanContext): readonly DefinitionStatement[] {
  const source = from.facts.get(factText(fact.notes?.['source']));
  const { schema, table } = placeOf(fact);
  const left = (source === undefined ? [] : partsOf(source, from))
    .filter(({ kind, attributes }) => kind === 'constraint' && attributes['type'] === 'f')
    .map((key) => placeOf(key).name)
    .filter((name) => to.facts.has(tableIdOf(fact)) && !to.facts.has(idOf('constraint', schema, table, name)));
  return [
    step(`alter table ${sourceOf(fact)} detach partition ${tableOf(fact)}`),
    ...left.map((name) => step(`alter table ${tableOf(fact)} drop constraint if exists ${quoted(name)}`)),
  ];
}

function sourceOf({ notes }: Fact): string {
  return quoted(factText(notes?.['sourceSchema']), factText(notes?.['sourceTable']));
}
