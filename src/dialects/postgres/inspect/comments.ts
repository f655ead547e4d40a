import type { Connection } from '../../../driver/connection.ts';
import { objectKey, postgresSql, type RawPart } from './raw-part.ts';
import { readRows } from './read-rows.ts';
import type { Scope } from './scope.ts';

interface CommentRow {
  readonly catalog: string;
  readonly id: string;
  readonly isColumn: boolean;
  readonly target: string;
  readonly text: string;
}

/**
 * Comments on what has no `comment` in the model. `isKept` says which keys belong to this inspection, and
 * `hasModel` which of them carry their comments themselves.
 */
export async function readComments(
  connection: Connection,
  scope: Scope,
  kept: { readonly isKept: (key: string) => boolean; readonly hasModel: (key: string, isColumn: boolean) => boolean },
): Promise<readonly RawPart[]> {
  const rows = await readRows<CommentRow>(connection, query, [scope.parameter]);
  return rows
    .filter(({ catalog, id, isColumn }) => {
      const key = objectKey(catalog, id);
      return catalog === 'pg_namespace' || (kept.isKept(key) && !kept.hasModel(key, isColumn));
    })
    .map(({ catalog, id, target, text }) => ({
      key: `comment:${target}`,
      object: {
        type: 'comment',
        name: target,
        create: postgresSql(`comment on ${target} is ${text}`),
        drop: postgresSql(`comment on ${target} is null`),
      },
      needs: [objectKey(catalog, id)],
      late: true,
    }));
}

/** A part of a domain or composite type counts as the type. */
const query = `
select case when k.oid is null and c.oid is null then d.classoid::regclass::text else 'pg_type' end as "catalog",
  coalesce(nullif(k.contypid, 0), nullif(c.reltype, 0), d.objoid) as "id", d.objsubid > 0 as "isColumn",
  case when i.type like '% column' then 'column' when i.type like '% constraint' then 'constraint'
    when i.type = 'statistics object' then 'statistics' else i.type end
    || ' ' || case when i.type = 'domain constraint' then regexp_replace(i.identity, ' on ', ' on domain ') else i.identity end as "target",
  quote_literal(d.description) as "text"
from pg_description d
left join pg_constraint k on d.classoid = 'pg_constraint'::regclass and k.oid = d.objoid and k.contypid <> 0
left join pg_class c on d.classoid = 'pg_class'::regclass and c.oid = d.objoid and c.relkind = 'c'
left join pg_namespace n on d.classoid = 'pg_namespace'::regclass and n.oid = d.objoid
cross join lateral pg_identify_object(d.classoid, d.objoid, d.objsubid) i
where d.classoid <> 'pg_extension'::regclass and case when d.classoid = 'pg_namespace'::regclass
  then n.nspname = any($1::text[]) and not (n.nspname = 'public' and d.description = 'standard public schema')
  else d.objoid >= 16384 and not exists (select from pg_depend e where e.classid = d.classoid and e.objid = d.objoid and e.deptype = 'e') end
order by 4`;
