import type { PinnedSession } from '../../database/pinned-session.ts';
import { lockTimeoutMs } from '../run/lock-patience.ts';
import type { MigrationContext } from '../run/migration-context.ts';
import { listParked, parkingOf, type ParkedListing } from './list-parked.ts';

export interface PurgeOptions {
  /** Only what was parked longer ago. 0: everything. */
  readonly olderThanMs: number;
  /** What these revisions parked stays. */
  readonly except?: ReadonlySet<string> | undefined;
  /** Default: the moment of the call. */
  readonly now?: Date | undefined;
}

/**
 * Removes for good what revisions have parked, and gives what it removed. The session must hold the lock of the ledger:
 * another run could be taking something back.
 */
export async function purgeParked(
  context: MigrationContext,
  session: PinnedSession,
  options: PurgeOptions,
): Promise<readonly ParkedListing[]> {
  const due = olderThan(await listParked(context, session), options);
  const { migrationSession } = session.dialect;
  const unbound = migrationSession?.unbound ?? [];
  const limits = migrationSession?.bound('catalog', lockTimeoutMs(context)) ?? [];
  if (due.length > 0 && limits.length > 0) await session.script(limits.join('; '));
  try {
    for (const parked of due) await session.run({ sql: parkingOf(session).purge(parked) }, []);
  } finally {
    if (unbound.length > 0 && !session.connection.broken) await session.script(unbound.join('; '));
  }
  return due;
}

/** What was parked longer ago than the options say. */
export function olderThan(
  listed: readonly ParkedListing[],
  { olderThanMs, except, now = new Date() }: PurgeOptions,
): readonly ParkedListing[] {
  return listed.filter(
    ({ since, revision }) => now.getTime() - since.getTime() >= olderThanMs && except?.has(revision) !== true,
  );
}
