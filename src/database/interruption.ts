import { RowhouseError } from '../errors/rowhouse-error.ts';
import type { Connection } from '../driver/connection.ts';

/** When a statement is to be stopped. */
export interface Bounds {
  readonly signal?: AbortSignal | undefined;
  readonly timeoutMs?: number | undefined;
}

/**
 * Runs `action` and, when the signal fires or the time is up, asks the server to stop it. `onInterrupt` tells the caller
 * that a request to stop is under way: it may arrive late, so the connection must not serve anybody else.
 */
export async function interruptible<T>(
  connection: Connection,
  bounds: Bounds,
  onInterrupt: () => void,
  action: (connection: Connection) => Promise<T>,
): Promise<T> {
  const { signal, timeoutMs } = bounds;
  if (signal?.aborted === true) throw interruption(signal.reason);
  let interrupted: RowhouseError | undefined;
  let lastResort: NodeJS.Timeout | undefined;
  const interrupt = (error: RowhouseError): void => {
    interrupted ??= error;
    onInterrupt();
    lastResort ??= stopStatement(connection);
  };
  const onAbort = (): void => interrupt(interruption(signal?.reason));
  const timer = timeoutMs === undefined ? undefined : setTimeout(() => interrupt(tooSlow(timeoutMs)), timeoutMs);
  signal?.addEventListener('abort', onAbort);
  try {
    return await action(connection);
  } catch (error) {
    throw interrupted ?? error;
  } finally {
    clearTimeout(timer);
    clearTimeout(lastResort);
    signal?.removeEventListener('abort', onAbort);
  }
}

/** A server that does not stop a statement within this time is not going to. */
const stopMs = 5000;

/** Asks the server to stop; the timer that is returned drops the line if it does not. */
export function stopStatement(connection: Connection): NodeJS.Timeout {
  const drop = (): void => connection.destroy();
  connection.cancel().catch(drop);
  return setTimeout(drop, stopMs);
}

/** The error of work that was stopped: by a signal, or by the clock behind a signal. */
export function interruption(reason: unknown): RowhouseError {
  return reason instanceof DOMException && reason.name === 'TimeoutError'
    ? new RowhouseError('TRANSACTION_TIMEOUT', 'the time for this work was up', { cause: reason })
    : new RowhouseError('CANCELLED', 'the work was stopped by its signal', { cause: reason });
}

function tooSlow(timeoutMs: number): RowhouseError {
  return new RowhouseError('STATEMENT_TIMEOUT', `the statement ran longer than ${timeoutMs} ms`, {
    details: { timeoutMs },
  });
}
