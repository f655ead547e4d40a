import type { CopiedRows } from './definition.ts';

export type IsolationLevel = 'read-committed' | 'repeatable-read' | 'serializable';

export interface TransactionMode {
  readonly isolation?: IsolationLevel | undefined;
  readonly readOnly?: boolean | undefined;
  /** No statement of the transaction may run longer, in milliseconds. */
  readonly statementTimeoutMs?: number | undefined;
}

/** How an engine begins and bounds a transaction. Savepoints, commit and rollback are spelled the same everywhere. */
export interface SessionStatements {
  /** The statements that open a transaction in this mode, in order. Throws `CAPABILITY_MISSING` for a mode it has not. */
  begin(mode: TransactionMode): readonly string[];
  /**
   * To begin takes no lock and fixes no moment, so it may wait for the first statement and travel with it. Absent: when a
   * transaction begins can be told.
   */
  readonly beginsUnseen?: true;
  /** The statements that undo, after commit or rollback, what `begin` set for longer than the transaction. */
  afterEnd(mode: TransactionMode): readonly string[];
  /**
   * What a session sets that writes the rows of another database as they are: references to rows still to come are let
   * pass, and a zero stays a zero. Absent: the engine needs nothing for it, or cannot.
   */
  readonly bulkLoad?: readonly string[];
  /**
   * What a session of a cluster sets so that its reads wait for everything that was committed before on any node.
   * Absent: every read sees that anyway, or the server cannot wait.
   */
  readonly readLatest?: readonly string[];
  /**
   * What a transaction that makes tables anew needs around it. Absent: tables are changed where they stand.
   */
  readonly rebuild?: RebuildMode;
  /** How the session learns whether a commit whose answer was lost took place. Absent: it cannot. */
  readonly commitOutcome?: CommitOutcome;
}

/** How references are kept from acting while a table is dropped and its copy takes its name. */
export interface RebuildMode {
  /** Run before the transaction begins: inside one they would do nothing. */
  readonly before: readonly string[];
  /** One row, one cell: `0` when `before` has taken effect. Anything else: the rebuild must not begin. */
  readonly confirm: string;
  /** Run last before commit: each row it returns is a reference that leads nowhere, and means rollback. */
  readonly check: string;
  /** Run after commit or rollback. */
  readonly after: readonly string[];
  /** What stands for `check` in a script, which nobody watches. */
  readonly guard: RebuildGuard;
}

/** Statements by which a script undoes all of a transaction when something in it failed, whatever client runs it. */
export interface RebuildGuard {
  /** Right behind `begin`. */
  readonly begin: readonly string[];
  /** Right behind the statement that copies the rows. */
  copied(copy: CopiedRows): string;
  /** Right before `commit`, with everything that was copied. */
  end(copies: readonly CopiedRows[]): readonly string[];
}

export interface CommitOutcome {
  /** One row, one text cell (or null: nothing was written): the transaction's number, asked before commit. */
  readonly number: string;
  /** One row, one text cell: `committed`, `aborted`, `in progress` or null, asked on another connection with the number as value. */
  readonly status: string;
}
