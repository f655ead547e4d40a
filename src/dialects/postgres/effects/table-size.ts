import type { Connection } from '../../../driver/connection.ts';
import { postgresText } from '../text.ts';
import { printedName } from './relations.ts';

/** A block of 8 kB has no more rows than that: each needs 28 bytes, with its place in the list of the block. */
const mostRowsInBlock = 291;

/**
 * All parts of a partitioned table count together. The size of a table that somebody has locked for himself could only
 * be had by waiting, so such a one may have any number.
 */
const mayBeLarge = {
  sql: `select exists (
      select from (
        select c.oid, exists (select from pg_locks l where l.relation = c.oid and l.granted
            and l.database = (select oid from pg_database where datname = current_database())
            and l.mode = 'AccessExclusiveLock' and l.pid <> pg_backend_pid()) as closed
        from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where c.relkind in ('r', 'm') and c.relpersistence <> 't' and c.relname not like 'rowhouse\\_%'
          and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
      ) t
      group by coalesce(case when closed then null else pg_partition_root(oid) end, oid)
      having bool_or(closed)
        or sum(case when closed then 0 else pg_relation_size(oid) / current_setting('block_size')::int end) > $1::float8
    )`,
};

/** May a table have more rows than that? */
export async function mayExceed(connection: Connection, rows: number): Promise<boolean> {
  const { rows: answer } = await connection.run(mayBeLarge, [String(rows / mostRowsInBlock)]);
  return answer[0]?.[0] === 't' || answer[0]?.[0] === true;
}

const findTable = {
  sql: `select n.nspname, c.relname, c.relkind = 'p' from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'm', 'p', 'f')
      and (${printedName} = $1 or (c.relname = $1 and n.nspname = current_schema()))
    order by n.nspname = current_schema() desc`,
};

/** Counted no further than asked. */
export async function countRows(connection: Connection, table: string, upTo: number): Promise<number> {
  const [found] = (await connection.run(findTable, [table])).rows;
  if (found === undefined) return 0;
  const [namespace, own, isPartitioned] = found;
  const name = `${postgresText.name(String(namespace))}.${postgresText.name(String(own))}`;
  const only = isPartitioned === 't' ? '' : 'only ';
  const sql = `select count(*)::text from (select from ${only}${name} limit ${Math.trunc(upTo)}) few`;
  const [[count] = []] = (await connection.run({ sql }, [])).rows;
  return Number(count);
}
