import type { Database } from '../../database/database.ts';
import type { PinnedSession } from '../../database/pinned-session.ts';
import type { Ledger, LedgerLine } from '../ledger/ledger.ts';
import type { RevisionGraph } from '../revision/revision-graph.ts';
import type { LoadedRevision } from '../revision/revision.ts';

/** What every migration command works on. */
export interface MigrationContext {
  readonly database: Database;
  readonly graph: RevisionGraph;
  readonly ledger: Ledger;
  readonly signal?: AbortSignal | undefined;
  /** Told before each statement and after the last. */
  readonly onProgress?: ((progress: MigrationProgress) => void) | undefined;
  /** How long to wait for another run to end, in milliseconds; 60,000 when nothing is said. */
  readonly lockWaitMs?: number | undefined;
  /** Makes sure that this run still holds the lock; `LEASE_LOST` when it does not. Absent: the lock cannot be lost alone. */
  readonly confirmLock?: (() => Promise<void>) | undefined;
}

/** Which statement of which revision is about to run. */
export interface MigrationProgress {
  readonly revision: LoadedRevision;
  readonly direction: 'up' | 'down';
  readonly statement: number;
  readonly statements: number;
}

/** What a run of migrations did. */
export interface MigrationReport {
  /** The revisions that this run applied or took back, in order. */
  readonly revisions: readonly LoadedRevision[];
  /** A run that had been cut short was finished first. */
  readonly resumed: boolean;
}

/** The line on which a pinned session reads and writes the ledger. */
export function lineOf(session: PinnedSession): LedgerLine {
  return { session, connection: session.connection };
}
