import type { Connection } from '../../../driver/connection.ts';

/** Rows read from each table, by its number. */
export type RowCounts = ReadonlyMap<string, number>;

const ownCounts = {
  sql: `select relid::text, (coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0))::text from pg_stat_xact_user_tables`,
};
const allCounts = {
  sql: `select relid::text, (coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0))::text from pg_stat_user_tables`,
};
const ownPasses = {
  sql: `select relid::text, (coalesce(seq_scan, 0) + coalesce(idx_scan, 0))::text from pg_stat_xact_user_tables`,
};
const reportNow = { sql: 'select pg_stat_force_next_flush()' };

/** What the transaction of this connection has read so far. */
export async function readOwnCounts(connection: Connection): Promise<RowCounts> {
  return countsOf((await connection.run(ownCounts, [])).rows);
}

/**
 * How often the transaction of this connection has gone through each table: counted though there may be no row. A
 * definition that does so by an index reads all of it.
 */
export async function readOwnPasses(connection: Connection): Promise<RowCounts> {
  return countsOf((await connection.run(ownPasses, [])).rows);
}

/** What has been read since the server counts. The connection reports first: it would else do so when it likes. */
export async function readCounts(connection: Connection, observer: Connection): Promise<RowCounts> {
  await connection.run(reportNow, []);
  return countsOf((await observer.run(allCounts, [])).rows);
}

/** What has been read between two looks. */
export function countsSince(before: RowCounts, after: RowCounts): RowCounts {
  return new Map([...after].map(([id, rows]) => [id, rows - (before.get(id) ?? 0)]));
}

function countsOf(rows: readonly (readonly unknown[])[]): RowCounts {
  return new Map(rows.map(([id, count]) => [String(id), Number(count)]));
}
