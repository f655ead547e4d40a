import type { HeldLock, LockClass } from '../../../dialect/effects.ts';
import type { Connection } from '../../../driver/connection.ts';

/** One lock on one relation, which is named by its number. */
export interface LockRow {
  readonly id: string;
  readonly mode: string;
}

const held = {
  sql: `select relation::text, mode from pg_locks
    where locktype = 'relation' and pid = $1::int and database = (select oid from pg_database where datname = current_database())`,
};

/** The locks that a session holds or waits for. */
export async function readLocks(connection: Connection, sessionId: string): Promise<readonly LockRow[]> {
  const { rows } = await connection.run(held, [sessionId]);
  return rows.map(([id, mode]) => ({ id: String(id), mode: String(mode) }));
}

/** From the weakest to the strongest, with those who wait while it is held. */
const modes: readonly (readonly [string, LockClass])[] = [
  ['AccessShareLock', 'nobody'],
  ['RowShareLock', 'nobody'],
  ['RowExclusiveLock', 'nobody'],
  ['ShareUpdateExclusiveLock', 'nobody'],
  ['ShareLock', 'writers'],
  ['ShareRowExclusiveLock', 'writers'],
  ['ExclusiveLock', 'writers'],
  ['AccessExclusiveLock', 'everybody'],
];

/** The strongest lock on each relation. */
export function strongest(locks: readonly LockRow[]): ReadonlyMap<string, Omit<HeldLock, 'table'>> {
  const found = new Map<string, Omit<HeldLock, 'table'>>();
  for (const [mode, blocks] of modes) {
    for (const lock of locks) if (lock.mode === mode) found.set(lock.id, { mode, blocks });
  }
  return found;
}
