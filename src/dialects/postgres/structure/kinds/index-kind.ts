import { readRows } from '../../inspect/read-rows.ts';
import type { Kind, ReadFact } from '../kind.ts';
import { addressOf, idOf, isOwnSchema } from '../names.ts';
import { indexRules } from '../table/index-rules.ts';

interface IndexRow {
  readonly schema: string;
  readonly table: string;
  readonly table_kind: string;
  readonly name: string;
  readonly addresses: readonly string[];
  readonly definition: string;
  readonly options: readonly string[];
  readonly tablespace: string | null;
  readonly valid: boolean;
  readonly clustered: boolean;
  readonly replica_identity: boolean;
  readonly statistics: readonly string[];
}

const indexQuery = `
  select n.nspname as schema, c.relname as table, c.relkind as table_kind, i.relname as name,
    array[${addressOf('pg_class', 'i.oid')}] as addresses,
    pg_get_indexdef(i.oid) as definition, coalesce(i.reloptions, '{}') as options, s.spcname as tablespace,
    x.indisvalid as valid, x.indisclustered as clustered, x.indisreplident as replica_identity,
    coalesce((select json_agg(a.attnum || '=' || a.attstattarget order by a.attnum) from pg_attribute a
      where a.attrelid = i.oid and a.attstattarget >= 0), '[]') as statistics
  from pg_index x join pg_class i on i.oid = x.indexrelid join pg_class c on c.oid = x.indrelid
  join pg_namespace n on n.oid = i.relnamespace
  left join pg_tablespace s on s.oid = i.reltablespace
  where c.relkind in ('r', 'p', 'm') and ${isOwnSchema('n.nspname')}
    and not exists (select from pg_constraint k where k.conindid = i.oid and k.contype in ('p', 'u', 'x'))`;

function factOf(row: IndexRow): ReadFact {
  const { schema, table, name, options } = row;
  return {
    kind: 'index',
    id: idOf('index', schema, name),
    parent: idOf(row.table_kind === 'm' ? 'materialized view' : 'table', schema, table),
    attributes: {
      // storage parameters change in place, so they stand apart
      definition: row.definition.replace(/ WITH \([^)]*\)/, ''),
      options: options.toSorted(),
      tablespace: row.tablespace,
      valid: row.valid,
      clustered: row.clustered,
      replicaIdentity: row.replica_identity,
      statistics: row.statistics,
    },
    requires: [],
    notes: { schema, table, name, options },
    addresses: row.addresses,
  };
}

/** Indexes that no constraint stands on, of tables and materialised views. */
export const indexKind: Kind = {
  kind: 'index',
  read: async (connection) => (await readRows<IndexRow>(connection, indexQuery, [])).map(factOf),
  rules: indexRules,
};
