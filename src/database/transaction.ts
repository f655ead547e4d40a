import type { IsolationLevel } from '../dialect/session-statements.ts';
import type { Session } from './session.ts';

/** A session whose statements take place together or not at all. After its end no statement of it can run. */
export interface Transaction extends Session {
  readonly inTransaction: true;
  /** Runs once the transaction is committed; never when it, or the nested transaction that asked, is rolled back. */
  afterCommit(hook: () => void | Promise<void>): void;
}

/** A transaction without a callback: leaving its block without `commit` rolls back. */
export interface OpenTransaction extends Transaction, AsyncDisposable {
  commit(): Promise<void>;
  /** Does nothing when the transaction is over. Never throws. */
  rollback(): Promise<void>;
}

export interface BeginOptions {
  readonly isolation?: IsolationLevel | undefined;
  readonly readOnly?: boolean | undefined;
  /** No statement of the transaction may run longer; the server watches. */
  readonly timeoutMs?: number | undefined;
  /** The whole of it, with waiting and retries, may take no longer. */
  readonly deadlineMs?: number | undefined;
  /** Stops the running statement on the server and rolls back. */
  readonly signal?: AbortSignal | undefined;
}

export interface TransactionOptions extends BeginOptions {
  /** How often `work` may be started after serialization failures and deadlocks; 5 unless the database says otherwise. */
  readonly attempts?: number | undefined;
}
