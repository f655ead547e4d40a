import type { Database } from '../../database/database.ts';
import type { Structure } from '../../dialect/structure/fact.ts';
import { readState, refuseUnexplained, type LedgerState } from '../../migration/ledger/ledger-state.ts';
import { appliedRevisions } from '../../migration/run/finish-unfinished.ts';
import { lineOf, type MigrationContext } from '../../migration/run/migration-context.ts';
import type { LoadedRevision } from '../../migration/revision/revision.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { structureOf } from './compare-databases.ts';
import { inWordsOf } from './in-words-of.ts';
import { makeRevisions } from './make-revisions.ts';
import { makeScratch, type ScratchPlace } from './scratch-database.ts';
import { structureDifferences, type Difference } from './structure-differences.ts';

/** What is compared to find drift. */
export interface DriftQuestion {
  readonly database: Database;
  /** A place for scratch databases on a server of the same version. */
  readonly place: ScratchPlace;
  /** The histories whose tables are in the database: one, or several where services share it. */
  readonly histories: readonly MigrationContext[];
  /** Only this namespace, the default one of `database` and of what is made in `place`. Absent: the whole database. */
  readonly namespace?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** How a database differs from what its applied revisions make. */
export interface Drift {
  readonly differences: readonly Difference[];
  /** What the applied revisions make, and what is there: for a plan from one to the other. */
  readonly expected: Structure;
  readonly found: Structure;
}

/**
 * Compares a database with what its applied revisions make on a scratch database of the same server. The database is
 * only read. Refused while a run is cut short or the code does not have the revisions: then nobody knows what to expect.
 */
export async function findDrift(question: DriftQuestion): Promise<Drift> {
  const applied: (readonly LoadedRevision[])[] = [];
  for (const history of question.histories) applied.push(await readApplied(question.database, history));
  return await compareWithRevisions(question, applied);
}

/** Compares a database with what these revisions make, whatever its ledger says. */
export async function compareWithRevisions(
  { database, place, histories, namespace, signal }: DriftQuestion,
  applied: readonly (readonly LoadedRevision[])[],
): Promise<Drift> {
  await using scratch = await makeScratch(place);
  await scratch.database.pinned(async (session) => {
    for (const revisions of applied) await makeRevisions(session, revisions, signal);
  });
  const ledger = histories[0]?.ledger.name;
  const expected = await structureOf(scratch.database, ledger, namespace);
  const found = await inWordsOf(database, await structureOf(database, ledger, namespace), expected);
  return { differences: structureDifferences(expected, found), expected, found };
}

/** The revisions that are in the database, in order. Refused while nobody can tell. */
export async function readApplied(database: Database, history: MigrationContext): Promise<readonly LoadedRevision[]> {
  const state = readState(await database.pinned(async (session) => await history.ledger.read(lineOf(session))));
  refuseUnexplained(state, history.graph);
  refuseUnfinished(state);
  return appliedRevisions(history, state);
}

function refuseUnfinished({ unfinished }: LedgerState): void {
  if (unfinished === undefined) return;
  throw new RowhouseError('LEDGER_INVALID', `the run of revision ${unfinished.revision} was cut short`, {
    details: { revision: unfinished.revision, statementsDone: unfinished.statementsDone },
    hint: 'finish it with `rowhouse up`, then ask again',
  });
}
