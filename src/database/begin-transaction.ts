import type { TransactionMode } from '../dialect/session-statements.ts';
import type { AcquireOptions } from '../driver/pool/pool.ts';
import { refuseTransactionOptions } from './refuse-transaction-options.ts';
import { retry, retryOfCause } from './retry.ts';
import type { SessionContext } from './session-context.ts';
import type { BeginOptions } from './transaction.ts';
import { TransactionLine } from './transaction-line.ts';
import { TransactionSession } from './transaction-session.ts';

/** Begins a transaction, trying again while the server cannot be reached: nothing has happened in it yet. */
export async function beginTransaction(
  context: SessionContext,
  options: BeginOptions,
  { signal, origin }: AcquireOptions,
): Promise<TransactionSession> {
  return await retry({ settings: context.retries, signal, classify: retryOfCause }, async () => {
    return await beginOnce(context, options, { signal, origin }, 'now');
  });
}

/**
 * Begins a transaction at the first try. Who would run its work again when it cannot begin lets the beginning wait for
 * the first statement, where the engine allows that.
 */
export async function beginOnce(
  context: SessionContext,
  options: BeginOptions,
  acquire: AcquireOptions,
  when: 'now' | 'with-first-statement',
): Promise<TransactionSession> {
  refuseTransactionOptions(options);
  const mode = transactionMode(context, options);
  const source = mode.readOnly === true ? context.readers : context.writers;
  const isPlain = acquire.signal === undefined && acquire.steady !== true;
  const taken = isPlain ? source.take(acquire.origin) : undefined;
  const checkout = taken ?? (await source.acquire(acquire));
  const canWait = context.dialect.sessions.beginsUnseen === true && context.isPinned !== true;
  const waits = when === 'with-first-statement' && canWait;
  return new TransactionSession(await TransactionLine.begin(context, checkout, mode, acquire.signal, waits));
}

/** One signal for the caller's and for the deadline. */
export function signalOf({ signal, deadlineMs }: BeginOptions): AbortSignal | undefined {
  if (deadlineMs === undefined) return signal;
  const deadline = AbortSignal.timeout(deadlineMs);
  return signal === undefined ? deadline : AbortSignal.any([signal, deadline]);
}

function transactionMode(context: SessionContext, options: BeginOptions): TransactionMode {
  return {
    isolation: options.isolation,
    readOnly: context.readOnly ? true : options.readOnly,
    statementTimeoutMs: options.timeoutMs ?? context.statementTimeoutMs,
  };
}
