import type { Catalog } from '../../catalog/model/catalog.ts';
import type { Database } from '../../database/database.ts';
import type { PinnedSession } from '../../database/pinned-session.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { planUp } from '../../migration/plan/revision-plan.ts';
import { fillTables, nameOf, type FilledTable, type FillOptions } from '../../migration/prove/fill-tables.ts';
import { parentsFirst } from '../../migration/prove/parents-first.ts';
import type { LoadedRevision } from '../../migration/revision/revision.ts';
import { runPrechecks } from '../../migration/run/run-prechecks.ts';
import { compileSql } from '../../sql/compile-sql.ts';
import { sql } from '../../sql/sql.ts';

/** The rows that a revision is tried with. */
export interface RevisionRows {
  readonly filled: readonly FilledTable[];
  /** Why these are not the rows that were wanted. */
  readonly note?: string;
  /** Makes the same rows in another database. */
  readonly fill: (session: PinnedSession) => Promise<unknown>;
}

/**
 * Fills the tables that are there before a revision. Rows that its own checks refuse are in the way of nothing that is
 * to be proven: then rows without nulls are tried, and at last none.
 */
export async function fillForRevision(
  database: Database,
  revision: LoadedRevision,
  catalog: Catalog,
  { rows, seed }: FillOptions,
): Promise<RevisionRows> {
  const plan = planUp(revision, catalog, database.dialect);
  const tries: readonly Try[] = [
    { options: { rows, seed } },
    { options: { rows, seed, nulls: false }, note: 'without nulls: they would be in its way' },
  ];
  for (const { options, note } of tries) {
    const fill = async (session: PinnedSession): Promise<readonly FilledTable[]> =>
      await fillTables(session, catalog, options);
    const filled = await database.pinned(async (session) => {
      const made = await fill(session);
      if (await isFree(async () => await runPrechecks(session, plan))) return made;
      await emptyTables(session, catalog);
      return undefined;
    });
    if (filled !== undefined) return { filled, fill, ...(note === undefined ? {} : { note }) };
  }
  return { filled: [], fill: async () => undefined, note: 'without rows: they would be in its way' };
}

interface Try {
  readonly options: FillOptions;
  readonly note?: string;
}

async function isFree(check: () => Promise<void>): Promise<boolean> {
  try {
    await check();
    return true;
  } catch (error) {
    if (RowhouseError.has(error, 'ROWS_IN_THE_WAY')) return false;
    throw error;
  }
}

async function emptyTables(session: PinnedSession, catalog: Catalog): Promise<void> {
  for (const table of parentsFirst(catalog).toReversed()) {
    await session.run({ sql: compileSql(sql`delete from ${nameOf(table)}`, session.dialect.text).sql }, []);
  }
}
