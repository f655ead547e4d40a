import { interruption } from '../../database/interruption.ts';
import { isHeld } from '../../database/is-held.ts';
import type { PinnedSession } from '../../database/pinned-session.ts';
import { emptyCatalog, type Catalog } from '../../catalog/model/catalog.ts';
import { applyRevision, planUp } from '../../migration/plan/revision-plan.ts';
import { inRevision } from '../../migration/revision/in-revision.ts';
import type { LoadedRevision } from '../../migration/revision/revision.ts';

/**
 * Makes in a database, which is empty or holds `before`, what these revisions make, raw SQL and all, in their order and
 * without a ledger. It is for a scratch database: there are no rows, so nothing is done carefully.
 */
export async function makeRevisions(
  session: PinnedSession,
  revisions: readonly LoadedRevision[],
  signal?: AbortSignal,
  before: Catalog = emptyCatalog,
): Promise<void> {
  for (const setting of session.dialect.sessions.rebuild?.before ?? []) await session.script(setting);
  let catalog = before;
  for (const revision of revisions) {
    if (signal?.aborted === true) throw interruption(signal.reason);
    for (const { sql, when } of planUp(revision, catalog, session.dialect).statements) {
      if (when !== undefined && !(await isHeld(session.dialect, session.connection, when))) continue;
      await runInRevision(session, sql, revision);
    }
    catalog = applyRevision(revision, catalog);
  }
}

async function runInRevision(session: PinnedSession, sql: string, revision: LoadedRevision): Promise<void> {
  try {
    await session.script(sql);
  } catch (error) {
    throw inRevision(error, revision, { statement: sql });
  }
}
