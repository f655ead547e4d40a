import type { Check, ForeignKey, ForeignKeyAction, PrimaryKey, Unique } from '../../../catalog/model/constraint.ts';
import { textExpression } from '../../../catalog/model/expression.ts';
import type { Connection } from '../../../driver/connection.ts';
import { readRows } from './read-rows.ts';
import { objectName, type Scope } from './scope.ts';

/** A constraint of a table as the server's catalog has it. */
export interface ConstraintRow {
  readonly id: string;
  readonly relation: string;
  readonly name: string;
  /** `p` primary key, `u` unique, `f` foreign key, `c` check, `x` exclusion. */
  readonly type: 'p' | 'u' | 'f' | 'c' | 'x';
  readonly columns: readonly string[] | null;
  readonly expression: string | null;
  readonly target: string | null;
  readonly targetNamespace: string | null;
  readonly targetName: string | null;
  readonly targetColumns: readonly string[] | null;
  readonly onDelete: 'a' | 'r' | 'c' | 'n' | 'd';
  readonly onUpdate: 'a' | 'r' | 'c' | 'n' | 'd';
  readonly deferrable: boolean;
  readonly deferred: boolean;
  readonly nullsNotDistinct: boolean;
  readonly isLocal: boolean;
  /** The index behind the constraint; for a foreign key the one it points to. */
  readonly index: string | null;
  /** The model says all of it. */
  readonly plain: boolean;
  readonly definition: string;
}

export async function readConstraints(connection: Connection, scope: Scope): Promise<readonly ConstraintRow[]> {
  return await readRows<ConstraintRow>(connection, query, [scope.parameter]);
}

export function primaryKeyOf(row: ConstraintRow): PrimaryKey {
  return { name: row.name, columns: row.columns ?? [] };
}

export function uniqueOf(row: ConstraintRow): Unique {
  const unique = { name: row.name, columns: row.columns ?? [] };
  return row.nullsNotDistinct ? { ...unique, nullsNotDistinct: true } : unique;
}

export function checkOf(row: ConstraintRow): Check {
  return { name: row.name, expression: textExpression(row.expression ?? '') };
}

export function foreignKeyOf(row: ConstraintRow, scope: Scope): ForeignKey {
  return {
    name: row.name,
    columns: row.columns ?? [],
    references: {
      ...objectName(scope, row.targetNamespace ?? '', row.targetName ?? ''),
      columns: row.targetColumns ?? [],
    },
    onDelete: actions[row.onDelete],
    onUpdate: actions[row.onUpdate],
    ...(row.deferrable ? { deferrable: row.deferred ? ('deferred' as const) : ('immediate' as const) } : {}),
  };
}

const actions: Readonly<Record<ConstraintRow['onDelete'], ForeignKeyAction>> = {
  a: 'no-action',
  r: 'restrict',
  c: 'cascade',
  n: 'set-null',
  d: 'set-default',
};

/** Members of later versions are read by way of JSON: absent columns are null there, not an error. */
const query = `
select k.oid as "id", k.conrelid as "relation", k.conname as "name", k.contype as "type",
  (select array_agg(a.attname order by u.place) from unnest(k.conkey) with ordinality u (number, place)
    join pg_attribute a on a.attrelid = k.conrelid and a.attnum = u.number) as "columns",
  pg_get_expr(k.conbin, k.conrelid) as "expression",
  nullif(k.confrelid, 0) as "target", tn.nspname as "targetNamespace", t.relname as "targetName",
  (select array_agg(a.attname order by u.place) from unnest(k.confkey) with ordinality u (number, place)
    join pg_attribute a on a.attrelid = k.confrelid and a.attnum = u.number) as "targetColumns",
  k.confdeltype as "onDelete", k.confupdtype as "onUpdate", k.condeferrable as "deferrable", k.condeferred as "deferred",
  coalesce(x.indnullsnotdistinct, false) as "nullsNotDistinct", k.conislocal as "isLocal",
  nullif(k.conindid, 0) as "index",
  k.convalidated and not (k.contype = 'c' and k.connoinherit) and k.contype <> 'x'
    and not (k.contype in ('p', 'u') and (k.condeferrable or x.indnatts <> x.indnkeyatts or i.reloptions is not null))
    and not (k.contype = 'f' and (k.confmatchtype = 'f' or k.confdelsetcols is not null))
    and not to_jsonb(k) @? '$ ? (@.conperiod == true || @.conenforced == false)' as "plain",
  pg_get_constraintdef(k.oid) as "definition"
from pg_constraint k
join pg_class c on c.oid = k.conrelid
join pg_namespace n on n.oid = c.relnamespace
left join pg_class t on t.oid = k.confrelid
left join pg_namespace tn on tn.oid = t.relnamespace
left join pg_index x on x.indexrelid = k.conindid and k.contype in ('p', 'u', 'x')
left join pg_class i on i.oid = x.indexrelid
where n.nspname = any($1::text[]) and k.contype in ('p', 'u', 'f', 'c', 'x') and k.conparentid = 0
order by k.conrelid, k.conname collate "C"`;
