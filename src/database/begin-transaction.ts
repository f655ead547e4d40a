import type { TransactionMode } from '../dialect/session-statements.ts';
import type { AcquireOptions, Checkout } from '../driver/pool/pool.ts';
import { RowhouseError } from '../errors/rowhouse-error.ts';
import { refuseTransactionOptions } from './refuse-transaction-options.ts';
import { retry, retryOfCause } from './retry.ts';
import type { StatementWithValues } from './session.ts';
import { translated, type SessionContext } from './session-context.ts';
import type { BeginOptions } from './transaction.ts';
import { openingOf, runControl } from './transaction-control.ts';
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
 * the first statement, where the engine allows that. No promise where the engine is in this process and has a free connection.
 */
export function beginOnce(
  context: SessionContext,
  options: BeginOptions,
  acquire: AcquireOptions,
  when: 'now' | 'with-first-statement',
): TransactionSession | Promise<TransactionSession> {
  refuseTransactionOptions(options);
  const mode = transactionMode(context, options);
  const source = mode.readOnly === true ? context.readers : context.writers;
  const isPlain = acquire.signal === undefined && acquire.steady !== true;
  const canWait = context.dialect.sessions.beginsUnseen === true && context.isPinned !== true;
  const waits = when === 'with-first-statement' && canWait;
  const begin = (checkout: Checkout): TransactionSession | Promise<TransactionSession> =>
    beginOn(checkout, context, mode, acquire.signal, waits);
  const taken = isPlain ? source.take(acquire.origin) : undefined;
  return taken === undefined ? source.acquire(acquire).then(begin) : begin(taken);
}

/** Begins, or `waits` for the first statement to do so. When that fails the connection is already given back. */
function beginOn(
  checkout: Checkout,
  context: SessionContext,
  mode: TransactionMode,
  signal: AbortSignal | undefined,
  waits: boolean,
): TransactionSession | Promise<TransactionSession> {
  const begun = (opening: readonly StatementWithValues[]): TransactionSession =>
    new TransactionSession(new TransactionLine(context, checkout, mode, signal, opening));
  const failed = (error: unknown): never => {
    if (error instanceof RowhouseError || context.inMemory) checkout.release();
    else checkout.discard();
    throw translated(context, error, 'statement');
  };
  try {
    const opening = openingOf(context, mode);
    if (waits) return begun(opening);
    const answer = runControl(checkout.connection, opening);
    return answer === undefined ? begun([]) : answer.then(() => begun([]), failed);
  } catch (error) {
    return failed(error);
  }
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
