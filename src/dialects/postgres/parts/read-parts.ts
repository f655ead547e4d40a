import type { ObjectName } from '../../../catalog/model/object-name.ts';
import type { Connection } from '../../../driver/connection.ts';
import { readRows } from '../inspect/read-rows.ts';
import { parseIndexText } from '../online/index-text.ts';
import { qualified } from '../text.ts';
import type { AskedIndex } from './asked-index.ts';

/** The index of the partitioned table, as it is on its way. */
export interface WholeIndex {
  readonly id: string;
  readonly place: ObjectName;
  readonly unique: boolean;
  readonly body: string;
  /** All parts are there. */
  readonly valid: boolean;
  /** The constraint that it stands for, as the server prints it. */
  readonly constraint: string | null;
  readonly columns: readonly string[];
}

/** A partition, at whatever depth. */
export interface Part {
  readonly table: ObjectName;
  readonly kind: 'table' | 'partitioned' | 'foreign';
  /** The index that its own is to be a part of; null while that is not a part itself. */
  readonly above: ObjectName | null;
  readonly attached: boolean;
  /** Columns of its primary key, when it has one of its own. */
  readonly key: readonly string[] | null;
  /** Indexes that are no parts of others. */
  readonly indexes: readonly PartIndex[];
}

export interface PartIndex {
  readonly name: string;
  readonly unique: boolean;
  readonly body: string;
  readonly valid: boolean;
  readonly constraint: string | null;
}

type Read<T extends { readonly body: string }> = Omit<T, 'body'> & { readonly definition: string };

const constraintOf = (index: string): string =>
  `(select pg_get_constraintdef(k.oid) from pg_constraint k where k.conindid = ${index} and k.conrelid = x.indrelid and k.contype in ('p', 'u'))`;

const wholeQuery = `
  select x.indexrelid::text as id, jsonb_build_object('namespace', n.nspname, 'name', i.relname) as place,
    x.indisunique as unique, pg_get_indexdef(x.indexrelid) as definition, x.indisvalid as valid,
    ${constraintOf('x.indexrelid')} as constraint,
    array(select a.attname from pg_attribute a where a.attrelid = i.oid and a.attnum > 0 order by a.attnum) as columns
  from pg_index x join pg_class i on i.oid = x.indexrelid join pg_namespace n on n.oid = i.relnamespace
  where x.indrelid = to_regclass($1) and i.relname = $2`;

/** The index of that name on the partitioned table; undefined where it has none. */
export async function readWhole(
  connection: Connection,
  { table }: Pick<AskedIndex, 'table'>,
  name: string,
): Promise<WholeIndex | undefined> {
  const [found] = await readRows<Read<WholeIndex>>(connection, wholeQuery, [qualified(table), name]);
  return found === undefined ? undefined : withBody(found, name, table);
}

/** From each index to those that are its parts, so that another index of the same columns is never meant. */
const partsQuery = `
  with recursive tree as (select relid, parentrelid from pg_partition_tree(to_regclass($1)) where level > 0),
  part (relid, above, level, index) as (
    select to_regclass($1)::oid, null::oid, 0, $2::oid
    union all
    select t.relid, p.index, p.level + 1,
      (select x.indexrelid from pg_index x join pg_inherits h on h.inhrelid = x.indexrelid
        where x.indrelid = t.relid and h.inhparent = p.index)
    from part p join tree t on t.parentrelid = p.relid)
  select jsonb_build_object('namespace', n.nspname, 'name', c.relname) as table,
    case c.relkind when 'p' then 'partitioned' when 'f' then 'foreign' else 'table' end as kind,
    (select jsonb_build_object('namespace', an.nspname, 'name', a.relname)
      from pg_class a join pg_namespace an on an.oid = a.relnamespace where a.oid = p.above) as above,
    p.index is not null as attached,
    (select array_agg(a.attname order by k.position) from pg_constraint pk, unnest(pk.conkey) with ordinality k (number, position)
      join pg_attribute a on a.attnum = k.number
      where pk.conrelid = c.oid and pk.contype = 'p' and a.attrelid = c.oid) as key,
    array(select jsonb_build_object('name', i.relname, 'unique', x.indisunique, 'valid', x.indisvalid,
        'definition', pg_get_indexdef(x.indexrelid), 'constraint', ${constraintOf('x.indexrelid')})
      from pg_index x join pg_class i on i.oid = x.indexrelid
      where x.indrelid = c.oid and p.index is null and not i.relispartition order by i.relname) as indexes
  from part p join pg_class c on c.oid = p.relid join pg_namespace n on n.oid = c.relnamespace
  where p.level > 0 order by p.level, n.nspname, c.relname`;

/** All partitions, those above before those below them. `whole`: the index that theirs are to be parts of, if it is there. */
export async function readParts(
  connection: Connection,
  { table }: Pick<AskedIndex, 'table'>,
  whole: WholeIndex | undefined,
): Promise<readonly Part[]> {
  const values = [qualified(table), whole?.id ?? null];
  const parts = await readRows<Omit<Part, 'indexes'> & { readonly indexes: readonly Read<PartIndex>[] }>(
    connection,
    partsQuery,
    values,
  );
  return parts.map((part) => ({
    ...part,
    indexes: part.indexes.map((index) => withBody(index, index.name, part.table)),
  }));
}

function withBody<T extends { readonly definition: string }>(
  { definition, ...rest }: T,
  name: string,
  table: ObjectName,
): Omit<T, 'definition'> & { readonly body: string } {
  return { ...rest, body: parseIndexText(definition, name, table).body };
}

const takenQuery = `
  select exists (
    select from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = coalesce($1, current_schema()) and c.relname = $2
    union all
    select from pg_constraint k join pg_namespace n on n.oid = k.connamespace
    where n.nspname = $1 and k.conname = $2 and $3::boolean)`;

/** The server gives no relation a name that another one has, nor a constraint that of another in its namespace. */
export async function isTaken(
  connection: Connection,
  { namespace, name }: ObjectName,
  isKey: boolean,
): Promise<boolean> {
  const { rows } = await connection.run({ sql: takenQuery }, [namespace ?? null, name, String(isKey)]);
  return rows[0]?.[0] === 't' || rows[0]?.[0] === true;
}
