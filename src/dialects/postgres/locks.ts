import { createHash } from 'node:crypto';

import type { NamedLocks } from '../../dialect/named-locks.ts';
import type { Connection } from '../../driver/connection.ts';

/**
 * Advisory locks of the session under a 64-bit hash of the name. Never the waiting form: a session that waits for a lock
 * holds a snapshot, and `create index concurrently` of the holder would wait for that snapshot for ever.
 */
export const postgresLocks: NamedLocks = {
  async tryAcquire(connection: Connection, name: string): Promise<boolean> {
    const { rows } = await connection.run({ sql: 'select pg_try_advisory_lock($1::bigint)' }, [lockKey(name)]);
    return rows[0]?.[0] === 't';
  },
  async release(connection: Connection, name: string): Promise<void> {
    await connection.run({ sql: 'select pg_advisory_unlock($1::bigint)' }, [lockKey(name)]);
  },
};

function lockKey(name: string): string {
  return createHash('sha256').update(name).digest().readBigInt64BE().toString();
}
