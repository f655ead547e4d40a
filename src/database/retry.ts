import { setTimeout as delay } from 'node:timers/promises';
import { retryOf, type Retry } from '../errors/codes.ts';
import { RowhouseError } from '../errors/rowhouse-error.ts';
import { interruption } from './interruption.ts';

export interface RetrySettings {
  /** How often work is started that fails by no fault of its own: serialization failures, deadlocks, lock timeouts. */
  readonly attempts: number;
  /** How long a server that cannot be reached is tried again. */
  readonly connectMs: number;
}

/** 10 s: longer than the restarts and failovers we measured (2.6 s), shorter than the patience of most clients. */
export const defaultRetries: RetrySettings = { attempts: 5, connectMs: 10_000 };

export interface Retrying {
  readonly settings: RetrySettings;
  readonly signal?: AbortSignal | undefined;
  /** Which kind of repetition helps against this error. */
  classify(error: unknown): Retry;
}

/** Runs `attempt`, and again after a growing random pause while the error is of a kind that a repetition helps against. */
export async function retry<T>(retrying: Retrying, attempt: () => Promise<T>): Promise<T> {
  try {
    return await attempt();
  } catch (error) {
    return await retryAfter(error, retrying, attempt);
  }
}

/** The repetitions of work that has failed once already. */
export async function retryAfter<T>(first: unknown, retrying: Retrying, attempt: () => Promise<T>): Promise<T> {
  const { settings, signal } = retrying;
  const giveUpAt = performance.now() + settings.connectMs;
  let error = first;
  for (let conflicts = 0, losses = 0; ;) {
    const kind = retrying.classify(error);
    if (kind === 'transaction') conflicts += 1;
    else losses += 1;
    if (kind === 'never' || conflicts >= settings.attempts) throw error;
    if (kind === 'connect' && performance.now() >= giveUpAt) throw error;
    await pause(kind === 'connect' ? losses : conflicts, signal);
    try {
      return await attempt();
    } catch (next) {
      error = next;
    }
  }
}

/**
 * The repetition that helps against the error, or against the one that made the transaction fail. No other cause counts:
 * a commit of unknown outcome was caused by a lost line too, and must not be repeated.
 */
export function retryOfCause(error: unknown): Retry {
  if (!(error instanceof RowhouseError)) return 'never';
  return error.code === 'TRANSACTION_FAILED' ? retryOfCause(error.cause) : retryOf(error.code);
}

/** Full jitter: any time up to a bound that doubles, so that those who collided do not meet again. */
async function pause(failures: number, signal: AbortSignal | undefined): Promise<void> {
  const boundMs = Math.min(1000, 10 * 2 ** failures);
  try {
    await delay(Math.random() * boundMs, undefined, signal === undefined ? {} : { signal });
  } catch {
    throw interruption(signal?.reason);
  }
}
