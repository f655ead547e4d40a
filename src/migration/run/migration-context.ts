import type { Database } from '../../database/database.ts';
import type { PinnedSession } from '../../database/pinned-session.ts';
import type { Blocker } from '../../dialect/migration-session.ts';
import type { Ledger, LedgerLine } from '../ledger/ledger.ts';
import type { ParkedListing } from '../parking/list-parked.ts';
import type { RevisionPlan } from '../plan/revision-plan.ts';
import type { RevisionGraph } from '../revision/revision-graph.ts';
import type { LoadedRevision } from '../revision/revision.ts';

/** What every migration command works on. */
export interface MigrationContext {
  readonly database: Database;
  readonly graph: RevisionGraph;
  readonly ledger: Ledger;
  readonly signal?: AbortSignal | undefined;
  /**
   * `expand`: revisions of phase `contract`, and what comes after them, wait. `contract`: nothing waits, and what was
   * parked before goes for good. Absent: nothing waits.
   */
  readonly phase?: 'expand' | 'contract' | undefined;
  /** Told before and after each statement, and when one waits for a lock. */
  readonly onProgress?: ((progress: MigrationProgress) => void) | undefined;
  /** How long to wait for another run to end, in milliseconds; 60,000 when nothing is said. */
  readonly lockWaitMs?: number | undefined;
  /** How long one try for a lock on a table may keep others waiting, in milliseconds; 2,000 when nothing is said. */
  readonly lockTimeoutMs?: number | undefined;
  /** For how long a lock that was not given is tried for again, in milliseconds; 600,000 when nothing is said. */
  readonly retryForMs?: number | undefined;
  /** How many rows may be read or written anew while others wait; 1,000 when nothing is said. */
  readonly blockedRows?: number | undefined;
  /**
   * Makes an empty database on a server of the same version, on which plans are tried before they run. Absent, or where
   * none can be made: they are judged by what is known of their statements.
   */
  readonly makeScratch?: (() => Promise<AsyncDisposable & { readonly database: Database }>) | undefined;
  /** Makes sure that this run still holds the lock; `LEASE_LOST` when it does not. Absent: the lock cannot be lost alone. */
  readonly confirmLock?: (() => Promise<void>) | undefined;
}

/** How a run gets on. */
export interface MigrationProgress {
  readonly revision: LoadedRevision;
  readonly direction: 'up' | 'down';
  /** The position of the statement in its plan, from 0. */
  readonly statement: number;
  readonly statements: number;
  /**
   * `begins`: the statement is about to run. `ran`: it has run; the ledger does not say so yet, and its transaction is
   * not committed. `waits`: others hold a lock that it needs. `fills`: a batch of rows was filled in. `says`: it has run,
   * and a person should know.
   */
  readonly stage: 'begins' | 'ran' | 'waits' | 'fills' | 'says';
  /** With `fills`: how far the backfill has come. */
  readonly filled?: BackfillProgress;
  /** With `says`: one sentence, no full stop. */
  readonly says?: string;
  /** With `waits`: who is in the way, as far as the server says. */
  readonly blockers?: readonly Blocker[];
  /** With `waits`: the try was given up and everything let go; the next one comes after this time. */
  readonly retryInMs?: number;
}

/** How far a backfill has come. */
export interface BackfillProgress {
  readonly table: string;
  readonly rowsDone: number;
  /** How many there are to do in all, as counted when it began. */
  readonly rows: number;
  readonly rowsPerSecond: number;
  /** Undefined: not to be said yet. */
  readonly leftMs: number | undefined;
}

/** What a run of migrations did. */
export interface MigrationReport {
  /** The revisions that this run applied or took back, in order. */
  readonly revisions: readonly LoadedRevision[];
  /** With a stamp: the revisions that count as applied no more, newest first. */
  readonly unstamped?: readonly LoadedRevision[];
  /** A run that had been cut short was finished first. */
  readonly resumed: boolean;
  /** With phase `expand`: the revisions that wait for the next phase, in order. */
  readonly waiting?: readonly LoadedRevision[];
  /** With phase `contract`: what earlier revisions had parked and is gone now. */
  readonly purged?: readonly ParkedListing[];
}

/** One plan on its way on one connection. */
export interface PlanRun {
  readonly context: MigrationContext;
  readonly session: PinnedSession;
  readonly plan: RevisionPlan;
}

/** The line on which a pinned session reads and writes the ledger. */
export function lineOf(session: PinnedSession): LedgerLine {
  return { session, connection: session.connection };
}
