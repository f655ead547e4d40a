import type { Column, Identity } from '../../../catalog/model/column.ts';
import type { ColumnType } from '../../../catalog/model/column-type.ts';
import { textExpression } from '../../../catalog/model/expression.ts';
import type { Connection } from '../../../driver/connection.ts';
import { parseType } from '../type-text.ts';
import { readDefault } from './default.ts';
import { readRows } from './read-rows.ts';
import { objectName, type Scope } from './scope.ts';

/** A column as the server's catalog has it, with what the model has no word for. */
export interface ColumnRow {
  readonly relation: string;
  readonly name: string;
  readonly type: string;
  /** The enum that the column, or the items of its array, are of. */
  readonly enumName: string | null;
  readonly enumNamespace: string | null;
  readonly isArray: boolean;
  readonly notNull: boolean;
  readonly default: string | null;
  readonly generated: '' | 's' | 'v';
  readonly identity: '' | 'a' | 'd';
  readonly start: string | null;
  readonly increment: string | null;
  readonly sequenceSettings: string | null;
  readonly collation: string | null;
  readonly comment: string | null;
  readonly isLocal: boolean;
  readonly storage: string | null;
  readonly compression: string | null;
  readonly statistics: number | null;
  readonly options: readonly string[] | null;
}

export async function readColumns(connection: Connection, scope: Scope): Promise<readonly ColumnRow[]> {
  return await readRows<ColumnRow>(connection, query, [scope.parameter]);
}

/** The column as the catalog says it. */
export function columnOf(row: ColumnRow, scope: Scope): Column {
  const type = typeOf(row, scope);
  const expression = row.default ?? undefined;
  return {
    name: row.name,
    type,
    nullable: !row.notNull,
    ...(expression === undefined || row.generated !== '' ? {} : { default: readDefault(expression, type) }),
    ...(expression === undefined || row.generated === ''
      ? {}
      : { generated: { expression: textExpression(expression), stored: row.generated === 's' } }),
    ...(row.identity === '' ? {} : { identity: identityOf(row) }),
    ...(row.collation === null ? {} : { collation: row.collation }),
    ...(row.comment === null ? {} : { comment: row.comment }),
  };
}

export function typeOf(
  row: Pick<ColumnRow, 'type' | 'enumName' | 'enumNamespace' | 'isArray'>,
  scope: Scope,
): ColumnType {
  const { enumName, enumNamespace } = row;
  if (enumName === null || enumNamespace === null) return parseType(row.type);
  // an enum that was not read has no values here: the server's name for it is all there is to say
  if (!scope.namespaces.includes(enumNamespace)) return { kind: 'native', type: row.type };
  const item: ColumnType = { kind: 'enum', ...objectName(scope, enumNamespace, enumName) };
  return row.isArray ? { kind: 'array', of: item } : item;
}

function identityOf({ identity, start, increment }: ColumnRow): Identity {
  return {
    generation: identity === 'a' ? 'always' : 'by-default',
    ...(start === null ? {} : { start }),
    ...(increment === null ? {} : { increment }),
  };
}

/**
 * `pg_attver` is left out: Debian's 15.20 marks columns with it. It differs from database to database, setting or
 * resetting it does nothing, and `pg_dump` does not write it: it is no part of a definition.
 */
const query = `
select a.attrelid as "relation", a.attname as "name", format_type(a.atttypid, a.atttypmod) as "type",
  e.typname as "enumName", en.nspname as "enumNamespace", t.typelem <> 0 and t.typcategory = 'A' as "isArray",
  a.attnotnull as "notNull",
  case when a.atthasdef then (select pg_get_expr(d.adbin, d.adrelid) from pg_attrdef d
    where d.adrelid = a.attrelid and d.adnum = a.attnum) end as "default",
  a.attgenerated as "generated", a.attidentity as "identity",
  nullif(s.seqstart, case when s.seqincrement > 0 then s.seqmin else s.seqmax end)::text as "start",
  nullif(s.seqincrement, 1)::text as "increment",
  nullif(concat(
    case when s.seqmax <> case when s.seqincrement < 0 then -1 when s.seqtypid = 'int2'::regtype then 32767
      when s.seqtypid = 'int4'::regtype then 2147483647 else 9223372036854775807 end then ' set maxvalue ' || s.seqmax end,
    case when s.seqmin <> case when s.seqincrement > 0 then 1 when s.seqtypid = 'int2'::regtype then -32768
      when s.seqtypid = 'int4'::regtype then -2147483648 else -9223372036854775808 end then ' set minvalue ' || s.seqmin end,
    case when s.seqcycle then ' set cycle' end,
    case when s.seqcache <> 1 then ' set cache ' || s.seqcache end), '') as "sequenceSettings",
  co.collname as "collation", m.description as "comment", a.attislocal as "isLocal",
  case when a.attstorage <> t.typstorage then
    case a.attstorage when 'p' then 'plain' when 'e' then 'external' when 'm' then 'main' else 'extended' end end as "storage",
  case a.attcompression when 'p' then 'pglz' when 'l' then 'lz4' end as "compression",
  nullif(a.attstattarget, -1) as "statistics",
  case when a.attoptions is not null then
    (select array_agg(o) from unnest(a.attoptions) o where o not like 'pg\\_attver=%') end as "options"
from pg_attribute a
join pg_class c on c.oid = a.attrelid
join pg_namespace n on n.oid = c.relnamespace
join pg_type t on t.oid = a.atttypid
left join pg_type e on e.typtype = 'e' and e.oid = case when t.typcategory = 'A' then t.typelem else t.oid end
left join pg_namespace en on en.oid = e.typnamespace
left join pg_collation co on co.oid = a.attcollation and a.attcollation <> t.typcollation
left join pg_description m on m.classoid = 'pg_class'::regclass and m.objoid = a.attrelid and m.objsubid = a.attnum
left join (
  select o.refobjid, o.refobjsubid, q.* from pg_sequence q join pg_depend o on o.objid = q.seqrelid
    and o.classid = 'pg_class'::regclass and o.refclassid = 'pg_class'::regclass and o.deptype = 'i'
) s on a.attidentity <> '' and s.refobjid = a.attrelid and s.refobjsubid = a.attnum
where n.nspname = any($1::text[]) and c.relkind in ('r', 'p', 'v', 'm') and a.attnum > 0 and not a.attisdropped
order by a.attrelid, a.attnum`;
