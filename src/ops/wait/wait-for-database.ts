import { setTimeout as delay } from 'node:timers/promises';
import { retryOf } from '../../errors/codes.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';

/** How long to wait for a database, and whom to tell meanwhile. */
export interface WaitOptions {
  /** Default: 5. */
  readonly attempts?: number | undefined;
  /** The pause between two attempts. Default: 5 s. */
  readonly delayMs?: number | undefined;
  /** Called after each attempt that failed, to tell whoever waits. */
  readonly onAttempt?: ((attempt: FailedAttempt) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** An attempt to connect that failed, as told to whoever waits. */
export interface FailedAttempt {
  /** Counted from 1. */
  readonly attempt: number;
  readonly attempts: number;
  readonly error: unknown;
  /** Absent after the last. */
  readonly nextInMs?: number;
}

/** Whether a database answered, and after how many attempts. */
export interface WaitResult {
  readonly ok: boolean;
  readonly attempts: number;
  /** Why the last attempt failed. */
  readonly error?: unknown;
}

/**
 * Connects until it works, a number of times. Gives up at once when waiting cannot help: a wrong password stays wrong.
 *
 * @example
 * ```ts
 * const { ok } = await waitForDatabase(async () => await openDatabase(options));
 * if (!ok) process.exit(1);
 * ```
 */
export async function waitForDatabase(
  connect: () => Promise<AsyncDisposable>,
  options: WaitOptions = {},
): Promise<WaitResult> {
  const { attempts = 5, delayMs = 5000, onAttempt, signal } = options;
  for (let attempt = 1; ; attempt += 1) {
    const error = await failureOf(connect);
    if (error === undefined) return { ok: true, attempts: attempt };
    const isLast = attempt >= attempts || signal?.aborted === true || !canHeal(error);
    onAttempt?.({ attempt, attempts, error, ...(isLast ? {} : { nextInMs: delayMs }) });
    if (isLast || !(await pause(delayMs, signal))) return { ok: false, attempts: attempt, error };
  }
}

async function failureOf(connect: () => Promise<AsyncDisposable>): Promise<unknown> {
  try {
    await using _connected = await connect();
    return undefined;
  } catch (error) {
    return error;
  }
}

/** A database that is not there yet may be created while we wait; everything else that heals says so by its code. */
function canHeal(error: unknown): boolean {
  return error instanceof RowhouseError && (retryOf(error.code) === 'connect' || error.code === 'DATABASE_NOT_FOUND');
}

/** False when the signal cut it short. */
async function pause(ms: number, signal: AbortSignal | undefined): Promise<boolean> {
  try {
    await delay(ms, undefined, signal === undefined ? {} : { signal });
    return true;
  } catch {
    return false;
  }
}
