import { rowsFilled } from '../backfill/saved-progress.ts';
import { appliedTo, readState } from '../ledger/ledger-state.ts';
import type { LedgerEntry } from '../ledger/ledger.ts';
import type { LoadedRevision } from '../revision/revision.ts';
import { lineOf, type MigrationContext } from './migration-context.ts';

/** Where a database stands. Made by reading only. */
export interface MigrationStatus {
  /** Applied revisions that no other applied one comes after. */
  readonly current: readonly string[];
  readonly applied: readonly LedgerEntry[];
  readonly pending: readonly LoadedRevision[];
  /** Applied revisions that the code does not have: the database is ahead. */
  readonly unknown: readonly string[];
  /** Applied revisions whose file has changed since. */
  readonly edited: readonly string[];
  /** The run that was cut short, with how far it came. */
  readonly unfinished: LedgerEntry | undefined;
  /** How many rows the backfill has filled in with which that run was cut short. Undefined: it was none. */
  readonly rowsFilled: bigint | undefined;
}

/** Where a database stands between its revisions. Only reads; makes no ledger. */
export async function migrationStatus({ database, graph, ledger }: MigrationContext): Promise<MigrationStatus> {
  const { state, filled } = await database.pinned(async (session) => {
    const found = readState(await ledger.read(lineOf(session)));
    return { state: found, filled: found.unfinished && (await rowsFilled(session, found.unfinished)) };
  });
  const { unfinished } = state;
  const applied = appliedTo(state, graph);
  const ids = [...applied.keys()];
  const followed = new Set(graph.ordered.filter(({ id }) => applied.has(id)).flatMap(({ parents }) => parents));
  return {
    current: ids.filter((id) => !followed.has(id)),
    applied: [...applied.values()],
    pending: graph.ordered.filter(({ id }) => !applied.has(id)),
    unknown: ids.filter((id) => !graph.has(id) && graph.replacementOf(id) === undefined),
    edited: ids.filter((id) => graph.has(id) && graph.get(id).checksum !== applied.get(id)?.checksum),
    unfinished,
    rowsFilled: filled,
  };
}
