import { pollPosition } from '../../dialect/poll-position.ts';
import type { Replication } from '../../dialect/replication.ts';
import type { Connection } from '../../driver/connection.ts';

/** Streaming replication: a position is a timeline and a place in its write-ahead log. */
export const postgresReplication: Replication = {
  onlyReads: 'set default_transaction_read_only = on',
  position,
  isPosition,
  hasReached,
};

/**
 * A commit that does not wait for the disk is in the log before it is written, so for such sessions the place where the
 * next record goes counts; it may lie behind a page header that no replica replays, which is why others do without.
 */
const positionSql = `select left(pg_walfile_name(lsn), 8) || ':' || lsn
  from (select case current_setting('synchronous_commit')
    when 'off' then pg_current_wal_insert_lsn() else pg_current_wal_lsn() end as lsn) as log`;

/** A server that was promoted has left the line that its primary writes: only the same timeline counts then. */
const reachedSql = `select case when pg_is_in_recovery() then pg_last_wal_replay_lsn() >= $2::text::pg_lsn
  else left(pg_walfile_name(pg_current_wal_lsn()), 8) = $1::text and pg_current_wal_lsn() >= $2::text::pg_lsn end::text`;

async function position(connection: Connection): Promise<string | undefined> {
  const { rows } = await connection.run({ sql: positionSql, name: 'rowhouse_log_position' }, []);
  return String(rows[0]?.[0]);
}

function isPosition(text: string): boolean {
  return /^[0-9A-F]{8}:[0-9A-F]{1,8}\/[0-9A-F]{1,8}$/.test(text);
}

/** Before version 19 nobody tells us when it is there, so it is asked. */
async function hasReached(connection: Connection, wanted: string, withinMs: number): Promise<boolean> {
  const [timeline, place] = wanted.split(':');
  return await pollPosition(async () => {
    const { rows } = await connection.run({ sql: reachedSql, name: 'rowhouse_log_reached' }, [timeline, place]);
    return rows[0]?.[0] === 'true';
  }, withinMs);
}
