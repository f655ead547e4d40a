import { RowhouseError } from '../../errors/rowhouse-error.ts';
import type { RevisionGraph } from '../revision/revision-graph.ts';
import type { LoadedRevision } from '../revision/revision.ts';
import type { LedgerEntry } from './ledger.ts';

/** What the ledger says, read once: which revisions are in the database, and whether a run was cut short. */
export interface LedgerState {
  /** Applied revisions with the row that says so, in the order in which they came. */
  readonly applied: ReadonlyMap<string, LedgerEntry>;
  /** The row of a run that did not finish. */
  readonly unfinished: LedgerEntry | undefined;
  /** The number of the newest row: it changes with every run. */
  readonly newest: bigint | undefined;
}

export function readState(entries: readonly LedgerEntry[]): LedgerState {
  const applied = new Map<string, LedgerEntry>();
  for (const entry of entries) {
    if (entry.state !== 'done') continue;
    if (entry.direction === 'up' || entry.direction === 'stamp') applied.set(entry.revision, entry);
    else applied.delete(entry.revision);
  }
  const unfinished = entries.findLast(({ state }) => state === 'running' || state === 'stopped');
  return { applied, unfinished, newest: entries.at(-1)?.entry };
}

/** Refuses to go on from a state that the revision files do not explain. */
export function refuseUnexplained({ applied }: LedgerState, graph: RevisionGraph): void {
  for (const [id, { checksum }] of applied) {
    const replacement = graph.replacementOf(id);
    if (replacement !== undefined) {
      if (hasReplaced(applied, replacement)) continue;
      throw halfway(applied, replacement);
    }
    if (!graph.has(id)) {
      throw new RowhouseError('LEDGER_AHEAD', `the database has revision ${id}, which this code does not`, {
        details: { revision: id },
        hint: 'deploy the code that the database was upgraded with; nothing was changed',
      });
    }
    const found = graph.get(id).checksum;
    if (checksum === found) continue;
    throw new RowhouseError('REVISION_CHECKSUM_MISMATCH', `revision ${id} was changed after it was applied`, {
      details: { revision: id, expected: checksum, found, file: graph.get(id).file },
      hint: 'restore the file from version control and make a new revision for the change',
    });
  }
}

/**
 * The applied revisions in the words of the code: those that one revision replaces count as that one, once all of them
 * are applied.
 */
export function appliedTo({ applied }: LedgerState, { ordered }: RevisionGraph): ReadonlyMap<string, LedgerEntry> {
  const known = new Map(applied);
  for (const revision of ordered) {
    const { id, checksum, replaces = [] } = revision;
    const last = applied.get(replaces.at(-1) ?? ''); // see hasReplaced
    if (last === undefined) continue;
    for (const old of replaces) known.delete(old);
    if (!known.has(id)) known.set(id, { ...last, revision: id, checksum });
  }
  return known;
}

/**
 * Are the revisions that this one replaces in the database? The last of them comes after all the others, so it alone
 * tells. The others cannot: where one of them replaced some itself, a database has that one or those.
 */
export function hasReplaced(applied: LedgerState['applied'], { replaces = [] }: LoadedRevision): boolean {
  return applied.has(replaces.at(-1) ?? '');
}

/** Nobody can tell what is left to do. */
function halfway(applied: LedgerState['applied'], { id, replaces = [] }: LoadedRevision): RowhouseError {
  const found = replaces.filter((old) => applied.has(old)).length;
  return new RowhouseError(
    'LEDGER_INVALID',
    `the database has ${found} of the ${replaces.length} revisions that ${id} replaces`,
    {
      details: { revision: id, replaces },
      hint: `bring it to ${replaces.at(-1) ?? id} with the code from before they were squashed`,
    },
  );
}
