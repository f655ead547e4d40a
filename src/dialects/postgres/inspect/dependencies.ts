import type { Connection } from '../../../driver/connection.ts';
import { objectKey } from './raw-part.ts';
import { readRows } from './read-rows.ts';

/** Which object needs which, by their keys. */
export type Dependencies = ReadonlyMap<string, readonly string[]>;

interface EdgeRow {
  readonly fromCatalog: string;
  readonly from: string;
  readonly toCatalog: string;
  readonly to: string;
}

export async function readDependencies(connection: Connection): Promise<Dependencies> {
  const edges = await readRows<EdgeRow>(connection, query, []);
  const needs = new Map<string, string[]>();
  for (const { fromCatalog, from, toCatalog, to } of edges) {
    const key = objectKey(fromCatalog, from);
    const known = needs.get(key);
    if (known === undefined) needs.set(key, [objectKey(toCatalog, to)]);
    else known.push(objectKey(toCatalog, to));
  }
  return needs;
}

/** The keys, each after those of them that it needs; where nothing decides they stay in the order given. */
export function inOrder(keys: readonly string[], needs: Dependencies): readonly string[] {
  const wanted = new Set(keys);
  const seen = new Set<string>();
  const ordered: string[] = [];
  const visit = (key: string): void => {
    if (seen.has(key)) return;
    seen.add(key);
    for (const needed of needs.get(key) ?? []) visit(needed);
    if (wanted.has(key)) ordered.push(key);
  };
  keys.forEach(visit);
  return ordered;
}

/**
 * Parts stand for their whole: a default, a check, an index for its table, the rule of a view for the view, a row type
 * for its relation, an array for its item. Foreign keys are left out: they are made after all tables.
 */
const query = `
with whole (catalog, id, whole_catalog, whole_id) as (
  select 'pg_attrdef'::regclass, oid, 'pg_class'::regclass, adrelid from pg_attrdef
  union all select 'pg_rewrite'::regclass, oid, 'pg_class'::regclass, ev_class from pg_rewrite where rulename = '_RETURN'
  union all select 'pg_constraint'::regclass, oid, 'pg_class'::regclass, conrelid from pg_constraint where conrelid <> 0 and contype <> 'f'
  union all select 'pg_constraint'::regclass, oid, 'pg_type'::regclass, contypid from pg_constraint where contypid <> 0
  union all select 'pg_class'::regclass, indexrelid, 'pg_class'::regclass, indrelid from pg_index
  union all select 'pg_class'::regclass, c.oid, 'pg_type'::regclass, c.reltype from pg_class c where c.relkind = 'c'
  union all select 'pg_type'::regclass, t.oid, 'pg_class'::regclass, t.typrelid from pg_type t join pg_class c on c.oid = t.typrelid and c.relkind <> 'c'
  union all select 'pg_type'::regclass, a.oid,
    case when coalesce(c.relkind, 'c') = 'c' then 'pg_type'::regclass else 'pg_class'::regclass end,
    case when coalesce(c.relkind, 'c') = 'c' then t.oid else t.typrelid end
    from pg_type a join pg_type t on t.oid = a.typelem and a.typcategory = 'A' left join pg_class c on c.oid = t.typrelid
)
select distinct coalesce(f.whole_catalog, d.classid::regclass)::text as "fromCatalog", coalesce(f.whole_id, d.objid)::text as "from",
  coalesce(t.whole_catalog, d.refclassid::regclass)::text as "toCatalog", coalesce(t.whole_id, d.refobjid)::text as "to"
from pg_depend d
left join whole f on f.catalog = d.classid and f.id = d.objid
left join whole t on t.catalog = d.refclassid and t.id = d.refobjid
where d.deptype in ('n', 'a') and d.refobjid >= 16384
  and not exists (select from pg_constraint k where d.classid = 'pg_constraint'::regclass and k.oid = d.objid and k.contype = 'f')
  and (coalesce(f.whole_catalog, d.classid), coalesce(f.whole_id, d.objid)) <> (coalesce(t.whole_catalog, d.refclassid), coalesce(t.whole_id, d.refobjid))
order by 1, 2, 3, 4`;
