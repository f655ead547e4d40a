import type { Session } from '../../database/session.ts';
import type { Transaction, TransactionOptions } from '../../database/transaction.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { createRepository } from '../../repository/create-repository.ts';
import type { Answer } from '../reply.ts';
import type { IdempotencyTable } from './idempotency-table.ts';
import type { RequestIdentity } from './request-identity.ts';
import { replayResponse, storeResponse } from './stored-response.ts';

/** How requests with an `Idempotency-Key` are kept. */
export interface IdempotencyOptions {
  /** `idempotencyTable()` of the schema. */
  readonly table: IdempotencyTable;
  /** Who sends a request, as its credentials say: a user's id. Keys of one principal mean nothing for another. */
  readonly principal: (request: Request) => string | Promise<string>;
  /** How long a response is given again: a day. */
  readonly lifetimeMs?: number | undefined;
}

const dayMs = 24 * 60 * 60 * 1000;

/** The requests that this process is serving. */
const inFlight = new Set<string>();

/**
 * Runs a write once, however often its request comes: the request is noted in the transaction of the write, and its
 * response with it. A request that another process is serving waits for that one's commit, and gets its response.
 */
export async function writeOnce(
  session: Session,
  { id, fingerprint }: RequestIdentity,
  { table, lifetimeMs = dayMs }: IdempotencyOptions,
  work: (transaction: Transaction) => Promise<Answer>,
  options: TransactionOptions,
): Promise<Answer> {
  if (inFlight.has(id)) throw new RowhouseError('REQUEST_IN_FLIGHT', 'a request with this key is being served');
  inFlight.add(id);
  let isNoted = false;
  try {
    const before = await replayed(session, table, { id, fingerprint });
    if (before !== undefined) return before;
    return await session.transaction(async (transaction) => {
      isNoted = false;
      const requests = createRepository(table, transaction);
      const now = Date.now();
      await requests.deleteWhere({ id, expiresAt: { lte: new Date(now) } });
      await requests.insert({ id, fingerprint, expiresAt: new Date(now + lifetimeMs) });
      isNoted = true;
      const response = await work(transaction);
      await requests.update(id, await storeResponse(response));
      return response;
    }, options);
  } catch (error) {
    if (isNoted || !RowhouseError.has(error, 'UNIQUE_VIOLATION')) throw error;
    const other = await replayed(session, table, { id, fingerprint });
    if (other === undefined) throw error;
    return other;
  } finally {
    inFlight.delete(id);
  }
}

/** The response of the request when it was served before. */
async function replayed(
  session: Session,
  table: IdempotencyTable,
  { id, fingerprint }: RequestIdentity,
): Promise<Response | undefined> {
  const found = await createRepository(table, session).findBy({ id, expiresAt: { gt: new Date() } });
  if (found === undefined) return undefined;
  if (found.fingerprint !== fingerprint)
    throw new RowhouseError('IDEMPOTENCY_KEY_REUSED', 'the key belongs to a request with another address or body');
  const { status, headers, body } = found;
  return status === null || headers === null ? undefined : replayResponse({ status, headers, body });
}
