import { textExpression } from '../../../catalog/model/expression.ts';
import type { IndexDefinition, IndexKey } from '../../../catalog/model/index-definition.ts';
import type { Connection } from '../../../driver/connection.ts';
import { readRows } from './read-rows.ts';
import type { Scope } from './scope.ts';

/** An index that no constraint stands for, as the server's catalog has it. */
export interface IndexRow {
  readonly id: string;
  readonly relation: string;
  readonly name: string;
  readonly method: string;
  readonly unique: boolean;
  readonly keys: readonly KeyRow[];
  readonly include: readonly string[] | null;
  readonly where: string | null;
  readonly nullsNotDistinct: boolean;
  readonly comment: string | null;
  /** The model says all of it. */
  readonly plain: boolean;
  readonly definition: string;
}

interface KeyRow {
  readonly column: string | null;
  /** Where it is no column. */
  readonly expression: string | null;
  readonly descending: boolean;
  readonly nullsFirst: boolean;
  readonly operatorClass: string | null;
  readonly collation: string | null;
}

export async function readIndexes(connection: Connection, scope: Scope): Promise<readonly IndexRow[]> {
  return await readRows<IndexRow>(connection, query, [scope.parameter]);
}

export function indexOf(row: IndexRow): IndexDefinition {
  return {
    name: row.name,
    keys: row.keys.map(keyOf),
    unique: row.unique,
    ...(row.method === 'btree' ? {} : { method: row.method }),
    ...(row.where === null ? {} : { where: textExpression(row.where) }),
    ...(row.include === null ? {} : { include: row.include }),
    ...(row.nullsNotDistinct ? { nullsNotDistinct: true } : {}),
    ...(row.comment === null ? {} : { comment: row.comment }),
  };
}

function keyOf(key: KeyRow): IndexKey {
  return {
    ...(key.column === null ? { expression: textExpression(key.expression ?? '') } : { column: key.column }),
    ...(key.descending ? { order: 'desc' as const } : {}),
    // first is where nulls are when the order is descending: only the other place is worth a word
    ...(key.nullsFirst === key.descending ? {} : { nulls: key.nullsFirst ? ('first' as const) : ('last' as const) }),
    ...(key.collation === null ? {} : { collation: key.collation }),
    ...(key.operatorClass === null ? {} : { operatorClass: key.operatorClass }),
  };
}

const query = `
select x.indexrelid as "id", x.indrelid as "relation", i.relname as "name", m.amname as "method",
  x.indisunique as "unique",
  (select json_agg(json_build_object('column', a.attname, 'expression', case when a.attname is null then pg_get_indexdef(x.indexrelid, place, false) end,
      'descending', x.indoption[place - 1] & 1 = 1, 'nullsFirst', x.indoption[place - 1] & 2 = 2,
      'operatorClass', case when not o.opcdefault then o.opcname end, 'collation', co.collname) order by place)
    from generate_series(1, x.indnkeyatts) place
    left join pg_attribute a on a.attrelid = x.indrelid and a.attnum = x.indkey[place - 1] and a.attnum > 0
    join pg_attribute ia on ia.attrelid = x.indexrelid and ia.attnum = place
    join pg_opclass o on o.oid = x.indclass[place - 1]
    left join pg_collation co on co.oid = x.indcollation[place - 1]
      and co.oid <> coalesce(a.attcollation, (select t.typcollation from pg_type t where t.oid = ia.atttypid))) as "keys",
  (select array_agg(a.attname order by place) from generate_series(x.indnkeyatts + 1, x.indnatts) place
    join pg_attribute a on a.attrelid = x.indrelid and a.attnum = x.indkey[place - 1]) as "include",
  pg_get_expr(x.indpred, x.indrelid) as "where", x.indnullsnotdistinct as "nullsNotDistinct",
  d.description as "comment",
  x.indisvalid and i.reloptions is null and not exists (select from pg_attribute a
    where a.attrelid = x.indexrelid and (a.attoptions is not null or a.attstattarget > 0)) as "plain",
  pg_get_indexdef(x.indexrelid) as "definition"
from pg_index x
join pg_class i on i.oid = x.indexrelid
join pg_class c on c.oid = x.indrelid
join pg_namespace n on n.oid = c.relnamespace
join pg_am m on m.oid = i.relam
left join pg_description d on d.classoid = 'pg_class'::regclass and d.objoid = x.indexrelid and d.objsubid = 0
where n.nspname = any($1::text[])
  and not exists (select from pg_constraint k where k.conindid = x.indexrelid and k.contype in ('p', 'u', 'x'))
  and not exists (select from pg_inherits h where h.inhrelid = x.indexrelid)
order by x.indrelid, i.relname collate "C"`;
