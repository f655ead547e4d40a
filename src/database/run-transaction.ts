import { beginOnce, signalOf } from './begin-transaction.ts';
import { interruption } from './interruption.ts';
import { retry, retryOfCause } from './retry.ts';
import type { SessionContext } from './session-context.ts';
import type { Transaction, TransactionOptions } from './transaction.ts';

/**
 * Runs `work` in a transaction and commits; whatever is thrown rolls back. After a conflict, or a line that died before
 * the commit, the server has rolled back and `work` runs again from its start.
 */
export async function runTransaction<T>(
  context: SessionContext,
  work: (transaction: Transaction) => Promise<T>,
  options: TransactionOptions,
  origin: Error,
): Promise<T> {
  const signal = signalOf(options);
  const settings =
    options.attempts === undefined ? context.retries : { ...context.retries, attempts: options.attempts };
  return await retry({ settings, signal, classify: retryOfCause }, async () => {
    const transaction = await beginOnce(context, options, { signal, origin });
    try {
      const result = await (signal === undefined ? work(transaction) : untilAborted(signal, work(transaction)));
      await transaction.commit();
      return result;
    } catch (error) {
      await transaction.rollback();
      throw error;
    }
  });
}

/** What work gives, or the signal's error at once: work that does not listen is left behind with a dead session. */
async function untilAborted<T>(signal: AbortSignal, working: Promise<T>): Promise<T> {
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const onAbort = (): void => reject(interruption(signal.reason));
  if (signal.aborted) onAbort();
  signal.addEventListener('abort', onAbort);
  try {
    return await Promise.race([working, aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
