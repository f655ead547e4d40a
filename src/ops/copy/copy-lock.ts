import { setTimeout as delay } from 'node:timers/promises';
import type { PinnedSession } from '../../database/pinned-session.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';

const lockName = 'rowhouse:copy';

/** Between two tries for the lock. */
const pollMs = 100;

/** 30 s: longer than a server takes to notice that a killed copy is gone. */
const waitMs = 30_000;

/**
 * Runs `work` while no other copy writes to this database, where the engine has locks by name: a server goes on with the
 * last statement of a run that was killed. Elsewhere each batch finds out by itself.
 */
export async function withCopyLock<T>(
  session: PinnedSession,
  signal: AbortSignal | undefined,
  work: () => Promise<T>,
): Promise<T> {
  const { locks } = session.dialect;
  if (locks === undefined) return await work();
  const until = performance.now() + waitMs;
  while (!(await locks.tryAcquire(session.connection, lockName))) {
    if (performance.now() >= until) {
      throw new RowhouseError('LOCK_HELD', 'another copy is writing to the target', { hint: 'wait for it to end' });
    }
    await delay(pollMs, undefined, { signal });
  }
  try {
    return await work();
  } finally {
    if (!session.connection.broken) await locks.release(session.connection, lockName);
  }
}
