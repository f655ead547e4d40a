import type { PinnedSession } from '../../database/pinned-session.ts';
import { hasReplaced, readState, type LedgerState } from '../ledger/ledger-state.ts';
import type { LoadedRevision } from '../revision/revision.ts';
import { lineOf, type MigrationContext } from './migration-context.ts';

/** Where a database has all the revisions that one of the code replaces, its ledger takes that one in their place. */
export async function adoptReplaced(context: MigrationContext, session: PinnedSession): Promise<void> {
  const replacing = context.graph.ordered.filter(({ replaces = [] }) => replaces.length > 0);
  if (replacing.length === 0) return;
  const state = readState(await context.ledger.read(lineOf(session)));
  for (const revision of replacing) await adopt(context, session, state, revision);
}

async function adopt(
  { ledger }: MigrationContext,
  session: PinnedSession,
  { applied }: LedgerState,
  revision: LoadedRevision,
): Promise<void> {
  if (!hasReplaced(applied, revision)) return;
  const found = (revision.replaces ?? []).flatMap((id) => applied.get(id) ?? []);
  await session.transaction(async (transaction) => {
    for (const { revision: id, checksum } of found)
      await ledger.stamp(transaction, { ...revision, id, checksum }, 'unstamp');
    await ledger.stamp(transaction, revision, 'stamp');
  });
}
