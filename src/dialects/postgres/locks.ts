import { createHash } from 'node:crypto';

import type { NamedLocks } from '../../dialect/named-locks.ts';
import type { Connection } from '../../driver/connection.ts';

/** The keys that a session holds, by name: what it finds things in may be another namespace when it lets go. */
const heldKeys = new WeakMap<Connection, Map<string, string>>();

/**
 * Advisory locks of the session under a 64-bit hash of the name. Each namespace that a session can have as its default
 * one has names of its own. Never the waiting form: a session that waits for a lock holds a snapshot, and
 * `create index concurrently` of the holder would wait for that snapshot for ever.
 */
export const postgresLocks: NamedLocks = {
  async tryAcquire(connection: Connection, name: string): Promise<boolean> {
    const sql = `select k.key::text, pg_try_advisory_lock(k.key) from (select case
      when coalesce(current_schema(), 'public') = 'public' then $1::bigint
      else $1::bigint # hashtextextended(current_schema(), 0) end) k (key)`;
    const [[key, isGiven] = []] = (await connection.run({ sql }, [lockKey(name)])).rows;
    if (isGiven !== 't') return false;
    keysOf(connection).set(name, String(key));
    return true;
  },
  async release(connection: Connection, name: string): Promise<void> {
    const key = keysOf(connection).get(name) ?? lockKey(name);
    await connection.run({ sql: 'select pg_advisory_unlock($1::bigint)' }, [key]);
    keysOf(connection).delete(name);
  },
};

function keysOf(connection: Connection): Map<string, string> {
  const keys = heldKeys.get(connection) ?? new Map<string, string>();
  heldKeys.set(connection, keys);
  return keys;
}

function lockKey(name: string): string {
  return createHash('sha256').update(name).digest().readBigInt64BE().toString();
}
