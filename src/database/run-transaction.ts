import type { AcquireOptions } from '../driver/pool/pool.ts';
import { beginOnce, signalOf } from './begin-transaction.ts';
import { interruption } from './interruption.ts';
import { retryAfter, retryOfCause, type Retrying } from './retry.ts';
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
  origin: Error | undefined,
): Promise<T> {
  const signal = signalOf(options);
  try {
    return await runOnce(context, work, options, { signal, origin });
  } catch (error) {
    const retrying = retryingOf(context, options, signal);
    return await retryAfter(error, retrying, async () => {
      return await runOnce(context, work, options, { signal, origin, steady: retrying.isSteady() });
    });
  }
}

/** How work is repeated; steady once a conflict has broken it off. */
function retryingOf(
  { retries }: SessionContext,
  { attempts }: TransactionOptions,
  signal: AbortSignal | undefined,
): Retrying & { isSteady(): boolean } {
  let steady = false;
  return {
    settings: attempts === undefined ? retries : { ...retries, attempts },
    signal,
    classify(error) {
      const kind = retryOfCause(error);
      steady ||= kind === 'transaction';
      return kind;
    },
    isSteady: () => steady,
  };
}

async function runOnce<T>(
  context: SessionContext,
  work: (transaction: Transaction) => Promise<T>,
  options: TransactionOptions,
  acquire: AcquireOptions,
): Promise<T> {
  const transaction = await beginOnce(context, options, acquire, 'with-first-statement');
  try {
    const { ambient } = context;
    const { signal } = acquire;
    const working = ambient === undefined ? work(transaction) : ambient.within(transaction, work);
    const result = await (signal === undefined ? working : untilAborted(signal, working));
    await transaction.commit();
    return result;
  } catch (error) {
    await transaction.rollback();
    throw error;
  }
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
