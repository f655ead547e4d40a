import { refused } from '../../../../dialect/structure/compare.ts';
import type { DefinitionStatement } from '../../../../dialect/definition.ts';
import type { Fact } from '../../../../dialect/structure/fact.ts';
import { readRows } from '../../inspect/read-rows.ts';
import { endDetach } from '../../online/partition.ts';
import { factText } from '../fact-text.ts';
import type { Kind, ReadFact } from '../kind.ts';
import { idOf, isOwnSchema } from '../names.ts';
import { tableNameOf } from '../relation.ts';

interface PendingRow {
  readonly schema: string;
  readonly table: string;
  readonly source_schema: string;
  readonly source: string;
}

const pendingQuery = `
  select n.nspname as schema, c.relname as table, pn.nspname as source_schema, p.relname as source
  from pg_inherits i join pg_class c on c.oid = i.inhrelid join pg_namespace n on n.oid = c.relnamespace
  join pg_class p on p.oid = i.inhparent join pg_namespace pn on pn.oid = p.relnamespace
  where i.inhdetachpending and ${isOwnSchema('n.nspname')}`;

function factOf({ schema, table, source_schema: sourceSchema, source: sourceTable }: PendingRow): ReadFact {
  const source = idOf('table', sourceSchema, sourceTable);
  return {
    kind: 'pending detach',
    id: idOf('pending detach', schema, table),
    parent: idOf('table', schema, table),
    attributes: { source },
    requires: [source],
    notes: { schema, table, name: table, source, sourceSchema, sourceTable },
    addresses: [],
  };
}

/**
 * That a partition is on its way out: detaching it concurrently was stopped halfway. There is no way back, so all else of
 * it is read as what it is about to be, a table of its own.
 */
export const pendingDetachKind: Kind = {
  kind: 'pending detach',
  read: async (connection) => (await readRows<PendingRow>(connection, pendingQuery, [])).map(factOf),
  rules: {
    create: refuse,
    drop: (fact) => [endOf(fact)],
    alter: (_from, to) => refuse(to),
  },
};

/** Makes it a table of its own. */
export function endOf(fact: Fact): DefinitionStatement {
  const { notes } = fact;
  const parent = { namespace: factText(notes?.['sourceSchema']), name: factText(notes?.['sourceTable']) };
  return endDetach({ parent, partition: tableNameOf(fact) });
}

function refuse({ id }: Fact): never {
  throw refused(
    id,
    'it was stopped halfway, and nobody can want that: end it there with `detach partition … finalize`',
  );
}
