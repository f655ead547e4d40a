import type { Connection } from '../../../driver/connection.ts';
import { readRows } from './read-rows.ts';
import { notOfExtension, type Scope } from './scope.ts';

/** A table or view as the server's catalog has it. */
export interface Relation {
  readonly id: string;
  readonly namespace: string;
  readonly name: string;
  /** `r` table, `p` partitioned table, `v` view, `m` materialized view. Foreign tables are raw objects. */
  readonly kind: 'r' | 'p' | 'v' | 'm';
  readonly unlogged: boolean;
  readonly options: Readonly<Record<string, string>> | null;
  readonly comment: string | null;
  readonly parents: readonly string[] | null;
  readonly partitionKey: string | null;
  readonly partitionBound: string | null;
  readonly ofType: string | null;
  readonly query: string | null;
  readonly rowSecurity: boolean;
  readonly forcedRowSecurity: boolean;
  /** The replica identity where it is not the primary key: `f` full, `n` nothing, `i` an index. */
  readonly replicaIdentity: 'f' | 'n' | 'i' | null;
  readonly replicaIndex: string | null;
}

export async function readRelations(connection: Connection, scope: Scope): Promise<readonly Relation[]> {
  const relations = await readRows<Relation>(connection, query, [scope.parameter]);
  return relations.filter(
    ({ namespace, name }) => namespace !== scope.defaultNamespace || !scope.exclude.includes(name),
  );
}

const query = `
select c.oid as "id", n.nspname as "namespace", c.relname as "name", c.relkind as "kind",
  c.relpersistence = 'u' as "unlogged",
  case when c.reloptions is not null then
    (select json_object_agg(option_name, option_value order by option_name) from pg_options_to_table(c.reloptions)) end as "options",
  d.description as "comment",
  (select array_agg(i.inhparent::text order by i.inhseqno) from pg_inherits i where i.inhrelid = c.oid) as "parents",
  case when c.relkind = 'p' then pg_get_partkeydef(c.oid) end as "partitionKey",
  pg_get_expr(c.relpartbound, c.oid) as "partitionBound",
  case when c.reloftype <> 0 then format_type(c.reloftype, null) end as "ofType",
  case when c.relkind in ('v', 'm') then pg_get_viewdef(c.oid) end as "query",
  c.relrowsecurity as "rowSecurity", c.relforcerowsecurity as "forcedRowSecurity",
  case when c.relkind in ('r', 'p') then nullif(c.relreplident, 'd') end as "replicaIdentity",
  (select i.relname from pg_index x join pg_class i on i.oid = x.indexrelid
    where x.indrelid = c.oid and x.indisreplident) as "replicaIndex"
from pg_class c join pg_namespace n on n.oid = c.relnamespace
left join pg_description d on d.classoid = 'pg_class'::regclass and d.objoid = c.oid and d.objsubid = 0
where n.nspname = any($1::text[]) and c.relkind in ('r', 'p', 'v', 'm') and ${notOfExtension('pg_class', 'c.oid')}
order by n.nspname collate "C", c.relname collate "C"`;
