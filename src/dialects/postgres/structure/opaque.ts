import type { OpaqueObject } from '../../../dialect/structure/fact.ts';
import type { Connection } from '../../../driver/connection.ts';
import { readRows } from '../inspect/read-rows.ts';
import type { ReadScope } from './kind.ts';

/** Objects of kinds that no fact describes. */
export async function readOpaque(connection: Connection, _scope: ReadScope): Promise<readonly OpaqueObject[]> {
  const found = await readRows<{ type: string; identity: string }>(connection, query, []);
  return found.map(({ type, identity }) => ({
    id: `${type} ${identity}`,
    reason: `a ${type} is not among the kinds of objects that can be compared`,
  }));
}

/** Where the objects are that no kind reads. */
const catalogs = [
  'pg_opclass',
  'pg_opfamily',
  'pg_conversion',
  'pg_ts_parser',
  'pg_ts_template',
  'pg_language',
  'pg_transform',
  'pg_am',
  'pg_foreign_data_wrapper',
  'pg_foreign_server',
  'pg_user_mapping',
];

const query = `
select i.type as "type", i.identity as "identity"
from (
  ${catalogs.map((catalog) => `select '${catalog}'::regclass, o.oid from ${catalog} o`).join('\n  union all ')}
  union all select 'pg_class'::regclass, o.oid from pg_class o where o.relkind = 'f'
  union all select 'pg_type'::regclass, o.oid from pg_type o where o.typtype = 'b' and o.typsubscript <> 'array_subscript_handler'::regproc
  union all select 'pg_subscription'::regclass, o.oid from pg_subscription o
    where o.subdbid = (select d.oid from pg_database d where d.datname = current_database())
) o (catalog, id) cross join lateral pg_identify_object(o.catalog, o.id, 0) i
where o.id >= 16384 and not exists (select from pg_depend member
  where member.classid = o.catalog and member.objid = o.id and member.deptype in ('e', 'i'))
order by i.type, i.identity collate "C"`;
