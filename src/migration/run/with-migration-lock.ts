import { setTimeout as delay } from 'node:timers/promises';
import { interruption } from '../../database/interruption.ts';
import type { PinnedSession } from '../../database/pinned-session.ts';
import type { NamedLocks } from '../../dialect/named-locks.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { withLease } from '../../lease/with-lease.ts';
import { explained } from './explain-failure.ts';
import type { MigrationContext } from './migration-context.ts';

/** Between two tries for the lock: short enough that a waiting run starts at once, long enough not to be a load. */
const pollMs = 100;

/** Longer than a deploy's usual migration; whoever waits longer should be told. */
const defaultWaitMs = 60_000;

/**
 * Runs `work` on one connection while no other run of this ledger is active anywhere. With locks by name the server
 * frees the lock when the connection dies; elsewhere a lease row says who may work; where one transaction writes at a
 * time, each revision's own transaction is the lock. The context that `work` gets stops it when the lock is lost. An error
 * says what to do about it where the engine's own cannot know.
 */
export async function withMigrationLock<T>(
  context: MigrationContext,
  work: (session: PinnedSession, held: MigrationContext) => Promise<T>,
): Promise<T> {
  return await explained(async () => await holdingLock(context, work));
}

async function holdingLock<T>(
  context: MigrationContext,
  work: (session: PinnedSession, held: MigrationContext) => Promise<T>,
): Promise<T> {
  return await context.database.pinned(async (session) => {
    const { locks, traits, rowFence } = session.dialect;
    // A backfill is about the rows of all tenants, and policies hold the owner of a table too.
    if (rowFence !== undefined) await session.run(rowFence.lift, []);
    if (locks !== undefined) return await withNamedLock(context, session, async () => await work(session, context));
    if (!traits.concurrentWriters) return await work(session, context);
    // The one who held the lease before may have worked on another node.
    for (const sql of session.dialect.sessions.readLatest ?? []) await session.run({ sql }, []);
    const options = { waitMs: context.lockWaitMs ?? defaultWaitMs, signal: context.signal };
    return await withLease(context.database, context.ledger.name, options, async (_lease, lost, renew) => {
      const signal = context.signal === undefined ? lost : AbortSignal.any([context.signal, lost]);
      return await work(session, { ...context, signal, confirmLock: renew });
    });
  });
}

async function withNamedLock<T>(context: MigrationContext, session: PinnedSession, work: () => Promise<T>): Promise<T> {
  const { locks } = session.dialect;
  if (locks === undefined) throw new RowhouseError('CAPABILITY_MISSING', 'the engine has no locks by name');
  const name = `rowhouse:${context.ledger.name}`;
  const waitMs = context.lockWaitMs ?? defaultWaitMs;
  const until = performance.now() + waitMs;
  // Polled, not waited for: a waiting session's snapshot would deadlock with a concurrent index build.
  while (!(await tryAcquire(session, locks, name))) {
    if (performance.now() >= until) throw lockHeld(waitMs);
    await pause(context.signal);
  }
  try {
    return await work();
  } finally {
    // A lost connection has lost its locks too; the error of the work is the one to tell.
    if (!session.connection.broken) await locks.release(session.connection, name);
  }
}

async function tryAcquire({ dialect, connection }: PinnedSession, locks: NamedLocks, name: string): Promise<boolean> {
  try {
    return await locks.tryAcquire(connection, name);
  } catch (error) {
    throw dialect.errors.translate(error, { during: 'statement' });
  }
}

async function pause(signal: AbortSignal | undefined): Promise<void> {
  try {
    await delay(pollMs, undefined, { signal });
  } catch {
    throw interruption(signal?.reason);
  }
}

function lockHeld(waitMs: number): RowhouseError {
  return new RowhouseError('LOCK_HELD', `another migration has been running for ${Math.round(waitMs / 1000)} s`, {
    details: { waitMs },
    hint: 'wait for it to end; if its process was killed, the server frees the lock by itself',
  });
}
