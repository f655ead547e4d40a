import type { Session } from '../../database/session.ts';
import { createRepository } from '../../repository/create-repository.ts';
import type { IdempotencyTable } from './idempotency-table.ts';

/** One write in so many sweeps, and each takes so many rows: four for every row that a write adds. */
const oneIn = 16;
const mostRows = 64;

/**
 * Now and then deletes some rows that mean nothing any more, so that nobody else has to. Which write does it is decided
 * by its id, a hash: without a clock or a counter, and the same share for each tenant.
 */
export async function sweepExpired(session: Session, table: IdempotencyTable, id: string): Promise<void> {
  if (Number.parseInt(id.slice(0, 4), 16) % oneIn !== 0) return;
  const requests = createRepository(table, session);
  const expired = { expiresAt: { lte: new Date() } };
  const found = await requests.list({ where: expired, order: ['expiresAt'], limit: mostRows });
  if (found.length === 0) return;
  // A key that has begun to count again meanwhile stays.
  await requests.deleteWhere({ id: { in: found.map((request) => request.id) }, ...expired });
}
