import type { Change } from '../../catalog/change/change.ts';
import { invertChanges } from '../../catalog/change/invert.ts';
import { diffCatalogs } from '../../catalog/diff/diff-catalogs.ts';
import type { Catalog } from '../../catalog/model/catalog.ts';
import type { Database } from '../../database/database.ts';
import type { Structure } from '../../dialect/structure/fact.ts';
import type { ErrorCode } from '../../errors/codes.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { foldRevisions } from '../../migration/plan/revision-plan.ts';
import { revisionChecksum } from '../../migration/revision/checksum.ts';
import type { MigrationContext } from '../../migration/run/migration-context.ts';
import { structureOf } from './compare-databases.ts';
import { readApplied, type DriftQuestion } from './find-drift.ts';
import { makeRevisions } from './make-revisions.ts';
import { nameKeys } from '../pull/name-keys.ts';
import { ownTables } from './read-structure.ts';
import { makeScratch } from './scratch-database.ts';

/** What of a drift the catalog has words for. */
export interface ModelledDrift {
  readonly changes: readonly Change[];
  /** What a database of the applied revisions is after these changes. */
  readonly after: Structure;
}

/** What was changed by hand is not always something that a change can say, or make from the revisions that are there. */
const unsayable: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'RENAME_UNCLEAR',
  'CHANGE_INVALID',
  'REVISION_IRREVERSIBLE',
  'CAPABILITY_MISSING',
  'STATEMENT_FAILED',
  'OBJECT_EXISTS',
  'OBJECT_MISSING',
]);

/**
 * The drift as changes of the catalog, made once on a scratch database to see what they leave; undefined when there are
 * none, or not all of them can be made. Both sides are reported by the same engine.
 */
export async function modelledDrift(
  question: DriftQuestion,
  history: MigrationContext,
): Promise<ModelledDrift | undefined> {
  try {
    return await tryChanges(question, history);
  } catch (error) {
    if (error instanceof RowhouseError && unsayable.has(error.code)) return undefined;
    throw error;
  }
}

async function tryChanges(
  { database, place, histories, signal }: DriftQuestion,
  history: MigrationContext,
): Promise<ModelledDrift | undefined> {
  const ledger = history.ledger.name;
  const fold = foldRevisions(await readApplied(database, history));
  await using scratch = await makeScratch(place);
  for (const one of histories) {
    const applied = await readApplied(database, one);
    await scratch.database.pinned(async (session) => await makeRevisions(session, applied, signal));
  }
  const made = await reported(scratch.database, ledger, fold);
  const changes = diffCatalogs(made, await reported(database, ledger, fold));
  if (changes.length === 0) return undefined;
  invertChanges(changes, fold);
  const revision = {
    id: 'absorbed',
    parents: [],
    message: 'drift',
    up: changes,
    file: '',
    checksum: revisionChecksum({ up: changes }),
  };
  await scratch.database.pinned(async (session) => await makeRevisions(session, [revision], signal, fold));
  return { changes, after: await structureOf(scratch.database, ledger) };
}

async function reported(database: Database, ledger: string, { namespaces }: Catalog): Promise<Catalog> {
  const inspected = await database.pinned(
    async ({ connection, dialect }) =>
      await dialect.inspector.inspect(connection, { exclude: ownTables(ledger), namespaces }),
  );
  return nameKeys(inspected);
}
