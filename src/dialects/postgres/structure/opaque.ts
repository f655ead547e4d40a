import type { OpaqueObject } from '../../../dialect/structure/fact.ts';
import type { Connection } from '../../../driver/connection.ts';
import { readRows } from '../inspect/read-rows.ts';
import type { ReadScope } from './kind.ts';

/** Objects of kinds that no fact describes. */
export async function readOpaque(connection: Connection, _scope: ReadScope): Promise<readonly OpaqueObject[]> {
  const found = await readRows<{ type: string; identity: string; digest: string }>(connection, query, []);
  return found.map(({ type, identity, digest }) => ({
    id: `${type} ${identity}`,
    reason: `a ${type} is not among the kinds of objects that can be compared`,
    digest,
  }));
}

const routine = (column: string): string => `o.${column}::oid::regprocedure`;

/** Where the objects are that no kind reads, and what is true of one, without the numbers that every database gives anew. */
const catalogs: Readonly<Record<string, string>> = {
  pg_opclass: `o.opcintype::regtype, o.opcdefault, o.opckeytype::regtype,
    (select f.opfname from pg_opfamily f where f.oid = o.opcfamily)`,
  pg_opfamily: `array(select row(p.amoplefttype::regtype, p.amoprighttype::regtype, p.amopstrategy, p.amoppurpose, p.amopopr::regoperator)::text
      from pg_amop p where p.amopfamily = o.oid order by 1),
    array(select row(p.amproclefttype::regtype, p.amprocrighttype::regtype, p.amprocnum, p.amproc::regprocedure)::text
      from pg_amproc p where p.amprocfamily = o.oid order by 1)`,
  pg_conversion: `o.conforencoding, o.contoencoding, ${routine('conproc')}, o.condefault`,
  pg_ts_parser: ['prsstart', 'prstoken', 'prsend', 'prsheadline', 'prslextype'].map(routine).join(', '),
  pg_ts_template: ['tmplinit', 'tmpllexize'].map(routine).join(', '),
  pg_language: `o.lanpltrusted, ${['lanplcallfoid', 'laninline', 'lanvalidator'].map(routine).join(', ')}`,
  pg_transform: ['trffromsql', 'trftosql'].map(routine).join(', '),
  pg_am: `o.amtype, ${routine('amhandler')}`,
};

const baseType = `o.typlen, o.typbyval, o.typalign, o.typstorage, o.typcategory, o.typdelim, o.typdefault,
  ${['typinput', 'typoutput', 'typreceive', 'typsend'].map(routine).join(', ')}`;

const object = (catalog: string, facts: string, condition = 'true'): string =>
  `select '${catalog}'::regclass, o.oid, md5(row(${facts})::text) from ${catalog} o where o.oid >= 16384 and ${condition}`;

const query = `
select i.type as "type", i.identity as "identity", o.digest as "digest"
from (
  ${Object.entries(catalogs)
    .map(([catalog, facts]) => object(catalog, facts))
    .join('\n  union all ')}
  union all ${object('pg_type', baseType, `o.typtype = 'b' and o.typsubscript <> 'array_subscript_handler'::regproc`)}
  union all select 'pg_subscription'::regclass, o.oid, md5(row(o.subenabled, o.subslotname, o.subpublications)::text) from pg_subscription o
    where o.subdbid = (select d.oid from pg_database d where d.datname = current_database())
) o (catalog, id, digest) cross join lateral pg_identify_object(o.catalog, o.id, 0) i
where not exists (select from pg_depend member
  where member.classid = o.catalog and member.objid = o.id and member.deptype in ('e', 'i'))
order by i.type, i.identity collate "C"`;
