import type { ServerFacts } from '../../dialect/dialect.ts';
import type { NamedLocks } from '../../dialect/named-locks.ts';
import type { Connection } from '../../driver/connection.ts';
import { isGalera } from './facts.ts';

/**
 * The server's own locks by name. Absent on Galera and group replication: there each node has locks of its own, so two
 * holders would not see each other.
 */
export function mysqlLocks(facts: ServerFacts): NamedLocks | undefined {
  const { group_replication: group = 'OFF' } = facts.settings;
  return isGalera(facts) || group !== 'OFF' ? undefined : serverLocks;
}

const serverLocks: NamedLocks = {
  async tryAcquire(connection: Connection, name: string): Promise<boolean> {
    // Counted per session: taking a lock that the session holds succeeds again, so that is refused first.
    const { rows } = await connection.run(acquire, [name, name]);
    return Number(rows[0]?.[0] ?? 0) === 1;
  },
  async release(connection: Connection, name: string): Promise<void> {
    await connection.run({ sql: `do release_lock(${lockName})` }, [name]);
  },
};

/** Names are the server's, shared by all its databases, up to 64 characters without regard to case: so a hash of both names. */
const lockName = "sha2(concat_ws('/', database(), ?), 256)";

const acquire = { sql: `select case when is_used_lock(${lockName}) is null then get_lock(${lockName}, 0) else 0 end` };
