import { setTimeout as delay } from 'node:timers/promises';
import { interruption } from '../../database/interruption.ts';
import { retryOfCause } from '../../database/retry.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import type { MigrationContext, PlanRun } from './migration-context.ts';
import { tellProgress } from './tell-progress.ts';

/** 2 s: most transactions end sooner, and a user whose query waits behind ours hardly gives up before. */
const defaultLockTimeoutMs = 2_000;

/** 10 min: longer than most reports and backups keep a table, shorter than a deploy's own limit. */
const defaultRetryForMs = 600_000;

/** 15 s: long enough that whoever queued behind a try is through, short enough to meet a gap between long transactions. */
const longestPauseMs = 15_000;

/** Deadlocks and serialization failures are met by chance; one that comes back this often is not. */
const mostConflicts = 5;

/** How long one try for a lock on a table may keep others waiting. */
export function lockTimeoutMs(context: MigrationContext): number {
  return context.lockTimeoutMs ?? defaultLockTimeoutMs;
}

/**
 * Runs `attempt`, and again after a growing random pause while locks that it needs are not given. An attempt that fails
 * must let go of everything and leave nothing behind; `mayRepeat` says whether that is so.
 */
export async function withLockPatience<T>(
  run: PlanRun,
  position: number,
  attempt: () => Promise<T>,
  mayRepeat: (error: unknown) => boolean = () => true,
): Promise<T> {
  const giveUpAt = performance.now() + (run.context.retryForMs ?? defaultRetryForMs);
  for (let failures = 1; ; failures += 1) {
    try {
      return await attempt();
    } catch (error) {
      const retryInMs = Math.random() * Math.min(longestPauseMs, 250 * 2 ** failures);
      const isHopeless = retryOfCause(error) !== 'transaction' || !mayRepeat(error);
      const isOver = waitsForLock(error) ? performance.now() + retryInMs > giveUpAt : failures >= mostConflicts;
      if (isHopeless || isOver) throw error;
      tellProgress(run, failedAt(error, position), { stage: 'waits', retryInMs });
      await pause(retryInMs, run.context.signal);
    }
  }
}

function waitsForLock(error: unknown): boolean {
  return RowhouseError.has(error, 'LOCK_TIMEOUT');
}

function failedAt(error: unknown, position: number): number {
  const at = error instanceof RowhouseError ? error.details['position'] : undefined;
  return typeof at === 'number' ? at : position;
}

async function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await delay(ms, undefined, { signal });
  } catch {
    throw interruption(signal?.reason);
  }
}
