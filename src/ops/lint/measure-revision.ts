import { makeCatalog } from '../../database/make-catalog.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import type { Finding } from '../../migration/lint/finding.ts';
import { lintEffects } from '../../migration/lint/lint-effects.ts';
import type { RevisionLint } from '../../migration/lint/lint-revision.ts';
import type { LoadedRevision } from '../../migration/revision/revision.ts';
import { makeScratch, type ScratchPlace } from '../compare/scratch-database.ts';
import { fillForRevision } from '../prove/rows-for-revision.ts';

/**
 * What the statements of a revision do to tables with rows: they are run on a scratch database that holds what the
 * revisions before it make.
 */
export async function measureRevision(
  revision: LoadedRevision,
  place: ScratchPlace,
  options: RevisionLint,
): Promise<readonly Finding[]> {
  await using scratch = await makeScratch(place);
  const { database } = scratch;
  if (database.dialect.effects === undefined) {
    throw new RowhouseError('CAPABILITY_MISSING', `what a statement does cannot be measured on ${database.where}`, {
      details: { capability: 'effects', engine: database.dialect.name },
      hint: 'leave --scratch out: the statements are judged by their text',
    });
  }
  await database.pinned(async (session) => await makeCatalog(session, options.before));
  await fillForRevision(database, revision, options.before, { rows: rowsOfEach, seed: 1 });
  return await lintEffects(revision, database, options);
}

/** As many as show that a statement reads them all. */
const rowsOfEach = 8;
