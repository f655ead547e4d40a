import type { Blocker } from '../../dialect/migration-session.ts';
import type { MigrationProgress } from '../../migration/run/migration-context.ts';

/** `up r2: statement 3 waits for a lock; session 4711 is in the way (idle in transaction, open for 95 s)` */
export function renderLockWait({
  revision,
  direction,
  statement,
  blockers = [],
  retryInMs,
}: MigrationProgress): string {
  const what = `${direction} ${revision.id}: statement ${statement + 1}`;
  if (retryInMs !== undefined) {
    return `${what} was not given its lock and let go of everything; trying again in ${seconds(retryInMs, 1)}`;
  }
  const sessions = blockers.map(renderBlocker).join(' and ');
  return `${what} waits for a lock; ${sessions} ${blockers.length === 1 ? 'is' : 'are'} in the way`;
}

function renderBlocker({ sessionId, state, transactionMs }: Blocker): string {
  const age = transactionMs === undefined ? '' : `, open for ${seconds(transactionMs, 0)}`;
  return `session ${sessionId} (${state}${age})`;
}

function seconds(ms: number, digits: number): string {
  return `${(ms / 1000).toFixed(digits)} s`;
}
