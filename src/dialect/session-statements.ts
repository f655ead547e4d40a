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
  /** How the session learns whether a commit whose answer was lost took place. Absent: it cannot. */
  readonly commitOutcome?: CommitOutcome;
}

export interface CommitOutcome {
  /** One row, one text cell (or null: nothing was written): the transaction's number, asked before commit. */
  readonly number: string;
  /** One row, one text cell: `committed`, `aborted`, `in progress` or null, asked on another connection with the number as value. */
  readonly status: string;
}
