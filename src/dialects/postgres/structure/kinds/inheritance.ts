import { factText } from '../fact-text.ts';
import type { Fact } from '../../../../dialect/structure/fact.ts';
import { readRows } from '../../inspect/read-rows.ts';
import type { Kind, ReadFact } from '../kind.ts';
import { idOf, isOwnSchema, quoted } from '../names.ts';
import { tableOf } from '../relation.ts';
import { step } from '../step.ts';

interface InheritanceRow {
  readonly schema: string;
  readonly table: string;
  readonly source_schema: string;
  readonly source: string;
}

const inheritanceQuery = `
  select n.nspname as schema, c.relname as table, pn.nspname as source_schema, p.relname as source
  from pg_inherits i join pg_class c on c.oid = i.inhrelid join pg_namespace n on n.oid = c.relnamespace
  join pg_class p on p.oid = i.inhparent join pg_namespace pn on pn.oid = p.relnamespace
  where c.relkind in ('r', 'f') and not c.relispartition and ${isOwnSchema('n.nspname')} order by i.inhseqno`;

function factOf({ schema, table, source_schema: sourceSchema, source: sourceTable }: InheritanceRow): ReadFact {
  const source = idOf('table', sourceSchema, sourceTable);
  return {
    kind: 'inheritance',
    id: idOf('inheritance', schema, table, sourceSchema, sourceTable),
    parent: idOf('table', schema, table),
    attributes: {},
    requires: [source],
    notes: { schema, table, name: sourceTable, source, sourceSchema, sourceTable },
    addresses: [],
  };
}

/** That a table gets the columns and checks of another and is read with it. */
export const inheritanceKind: Kind = {
  kind: 'inheritance',
  read: async (connection) => (await readRows<InheritanceRow>(connection, inheritanceQuery, [])).map(factOf),
  rules: {
    create: (fact) => [step(`alter table ${tableOf(fact)} inherit ${sourceOf(fact)}`)],
    drop: (fact) => [step(`alter table ${tableOf(fact)} no inherit ${sourceOf(fact)}`)],
    alter: () => ({ how: 'in-place', steps: [] }),
    rank: -2000,
  },
};

function sourceOf({ notes }: Fact): string {
  return quoted(factText(notes?.['sourceSchema']), factText(notes?.['sourceTable']));
}
