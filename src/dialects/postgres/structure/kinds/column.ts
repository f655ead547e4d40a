import { readRows } from '../../inspect/read-rows.ts';
import { isLeaving } from '../is-leaving.ts';
import type { Kind, ReadFact, ReadScope } from '../kind.ts';
import { addressOf, idOf, isOwnSchema } from '../names.ts';
import { columnRules } from '../table/column-rules.ts';

interface ColumnRow {
  readonly schema: string;
  readonly table: string;
  readonly name: string;
  readonly position: number;
  readonly addresses: readonly string[];
  readonly local: boolean;
  readonly sources: readonly (readonly [string, string])[];
  readonly type: string;
  readonly type_storage: string;
  readonly collation: string | null;
  readonly generated: string | null;
  readonly virtual: boolean;
  readonly not_null:
    | boolean
    | { readonly name: string | null; readonly noInherit: boolean; readonly validated: boolean };
  /** The name of the not-null constraint, also where it cannot be changed because the table above has it too. */
  readonly not_null_name: string | null;
  readonly storage: string | null;
  readonly compression: string | null;
  readonly statistics: number | null;
  readonly options: readonly string[];
  /** Absent: the table is none of another server. */
  readonly foreign_options: readonly string[] | null;
}

const storageWord = (code: string): string =>
  `case ${code} when 'p' then 'plain' when 'e' then 'external' when 'm' then 'main' else 'extended' end`;

/** `pg_attver` is a mark of Debian's server that is no part of a definition: setting or resetting it does nothing. */
const columnQuery = ({ version }: ReadScope): string => `
  select n.nspname as schema, c.relname as table, a.attname as name, a.attnum as position,
    array[${addressOf('pg_class', 'c.oid', 'a.attnum')}]
      || case when a.attgenerated <> '' then array[${addressOf('pg_attrdef', 'd.oid')}] else '{}' end as addresses,
    a.attislocal or ${isLeaving('c.oid')} as local,
    (select coalesce(json_agg(json_build_array(pn.nspname, p.relname) order by i.inhseqno), '[]')
       from pg_inherits i join pg_class p on p.oid = i.inhparent join pg_namespace pn on pn.oid = p.relnamespace
       join pg_attribute pa on pa.attrelid = p.oid and pa.attname = a.attname and not pa.attisdropped
       where i.inhrelid = c.oid and not i.inhdetachpending and a.attinhcount > 0) as sources,
    format_type(a.atttypid, a.atttypmod) as type, ${storageWord('t.typstorage')} as type_storage,
    case when a.attcollation <> t.typcollation
      then (select quote_ident(cn.nspname) || '.' || quote_ident(co.collname)
        from pg_collation co join pg_namespace cn on cn.oid = co.collnamespace where co.oid = a.attcollation) end as collation,
    case when a.attgenerated <> '' then pg_get_expr(d.adbin, d.adrelid) end as generated,
    a.attgenerated = 'v' as virtual,
    ${notNull(version)} as not_null,
    nn.conname as not_null_name,
    case when a.attstorage <> t.typstorage then ${storageWord('a.attstorage')} end as storage,
    case a.attcompression when 'p' then 'pglz' when 'l' then 'lz4' end as compression,
    nullif(a.attstattarget, -1) as statistics, case when a.attoptions is null then '[]'
      else coalesce((select json_agg(o) from unnest(a.attoptions) o where o !~ '^pg_attver='), '[]') end as options,
    case c.relkind when 'f' then coalesce(a.attfdwoptions, '{}') end as foreign_options
  from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
  join pg_type t on t.oid = a.atttypid
  left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum and a.attgenerated <> ''
  left join pg_constraint nn on nn.conrelid = c.oid and nn.contype = 'n' and nn.conkey = array[a.attnum]
  where c.relkind in ('r', 'p', 'f') and a.attnum > 0 and not a.attisdropped and ${isOwnSchema('n.nspname')}`;

/**
 * A name that the server made is no part of what is compared: it keeps saying what the table and the column were called
 * when it was made, while they may have other names now.
 */
const chosenName = String.raw`case when (nn.coninhcount = 0 or ${isLeaving('c.oid')}) and nn.conname !~ '_not_null\d*$' then nn.conname end`;

function notNull(version: number): string {
  if (version < 180_000) return 'to_json(a.attnotnull)';
  return `case when nn.oid is null then to_json(a.attnotnull)
    else json_build_object('name', ${chosenName}, 'noInherit', nn.connoinherit, 'validated', nn.convalidated) end`;
}

function factOf(row: ColumnRow): ReadFact {
  const { schema, table, name } = row;
  return {
    kind: 'column',
    id: idOf('column', schema, table, name),
    parent: idOf('table', schema, table),
    attributes: {
      type: row.type,
      collation: row.collation,
      generated: row.generated,
      virtual: row.virtual,
      notNull: row.not_null,
      storage: row.storage,
      compression: row.compression,
      statistics: row.statistics,
      options: row.options.toSorted(),
      ...(row.foreign_options === null ? {} : { foreignOptions: row.foreign_options }),
    },
    requires: [],
    follows: row.sources.map(([sourceSchema, source]) => idOf('column', sourceSchema, source, name)),
    notes: {
      schema,
      table,
      name,
      position: row.position,
      local: row.local,
      typeStorage: row.type_storage,
      notNullName: row.not_null_name,
      options: row.options,
    },
    addresses: row.addresses,
  };
}

/** Columns of tables. */
export const columnKind: Kind = {
  kind: 'column',
  read: async (connection, scope) => (await readRows<ColumnRow>(connection, columnQuery(scope), [])).map(factOf),
  rules: columnRules,
};
