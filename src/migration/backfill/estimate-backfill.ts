import type { PinnedSession } from '../../database/pinned-session.ts';
import type { Backfill } from '../../dialect/definition.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { waitingOf } from './batch-range.ts';

/** 10,000 rows a second: what a small server writes beside its other work. */
const rowsPerSecond = 10_000;

export interface BackfillEstimate {
  /** Rows that answer to the condition now. */
  readonly rows: number;
  readonly aboutMs: number;
}

/** What a backfill would have to do; undefined while the revisions before it have not made what it asks about. */
export async function estimateBackfill(
  session: PinnedSession,
  backfill: Backfill,
): Promise<BackfillEstimate | undefined> {
  try {
    const { rows } = await session.run({ sql: waitingOf(backfill) }, []);
    const count = Number(rows[0]?.[0] ?? 0);
    return { rows: count, aboutMs: Math.round((count / rowsPerSecond) * 1000) };
  } catch (error) {
    if (RowhouseError.has(error, 'OBJECT_MISSING')) return undefined;
    throw error;
  }
}
