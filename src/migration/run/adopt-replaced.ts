import type { PinnedSession } from '../../database/pinned-session.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { readState, type LedgerState } from '../ledger/ledger-state.ts';
import type { LoadedRevision } from '../revision/revision.ts';
import { lineOf, type MigrationContext } from './migration-context.ts';

/**
 * Where a database has all the revisions that one of the code replaces, its ledger takes that one in their place. Where
 * it has some of them, nobody can tell what is left to do: `LEDGER_INVALID`.
 */
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
  const replaces = revision.replaces ?? [];
  const found = replaces.flatMap((id) => applied.get(id) ?? []);
  if (found.length === 0) return;
  if (found.length < replaces.length) throw halfway(revision, found.length, replaces);
  await session.transaction(async (transaction) => {
    for (const { revision: id, checksum } of found)
      await ledger.stamp(transaction, { ...revision, id, checksum }, 'unstamp');
    await ledger.stamp(transaction, revision, 'stamp');
  });
}

function halfway({ id }: LoadedRevision, found: number, replaces: readonly string[]): RowhouseError {
  const total = replaces.length;
  return new RowhouseError(
    'LEDGER_INVALID',
    `the database has ${found} of the ${total} revisions that ${id} replaces`,
    {
      details: { revision: id, replaces },
      hint: `bring it to ${replaces.at(-1) ?? id} with the code from before they were squashed`,
    },
  );
}
