import { setTimeout as delay } from 'node:timers/promises';
import { interruption } from '../database/interruption.ts';
import { retryOf } from '../errors/codes.ts';
import { RowhouseError } from '../errors/rowhouse-error.ts';

export interface PatienceOptions {
  readonly attempts: number;
  /** The pause between two attempts, in milliseconds. */
  readonly delayMs: number;
  /** Told of each attempt that failed and will be repeated. */
  readonly onRetry?: ((attempt: number, error: RowhouseError) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Connects, and again after a pause while the server cannot be reached. What waiting cannot heal, a wrong password or
 * database, is thrown at once; after the last attempt the error says how many there were.
 */
export async function connectPatiently<T>(connect: () => Promise<T>, options: PatienceOptions): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await connect();
    } catch (error) {
      if (!(error instanceof RowhouseError) || retryOf(error.code) !== 'connect') throw error;
      if (attempt >= options.attempts) throw afterAttempts(error, attempt);
      options.onRetry?.(attempt, error);
      await pause(options.delayMs, options.signal);
    }
  }
}

async function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await delay(ms, undefined, signal === undefined ? {} : { signal });
  } catch {
    throw interruption(signal?.reason);
  }
}

function afterAttempts(error: RowhouseError, attempts: number): RowhouseError {
  if (attempts === 1) return error;
  return new RowhouseError(error.code, `${error.message}, after ${attempts} attempts`, {
    details: { ...error.details, attempts },
    hint: error.hint,
    cause: error,
  });
}
