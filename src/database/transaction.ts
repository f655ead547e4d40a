import type { IsolationLevel } from '../dialect/session-statements.ts';
import type { Session } from './session.ts';
import type { TenantId } from './tenant/tenant-scope.ts';

/** A session whose statements take place together or not at all. After its end no statement of it can run. */
export interface Transaction extends Session {
  readonly inTransaction: true;
  /** Runs once the transaction is committed; never when it, or the nested transaction that asked, is rolled back. */
  afterCommit(hook: () => void | Promise<void>): void;
  /** Runs `work` as a nested transaction that is bound to a tenant; in one of another tenant it is `TENANT_MISMATCH`. */
  forTenant<T>(tenant: TenantId, work: (transaction: Transaction) => Promise<T>): Promise<T>;
  /** Runs `work` as a nested transaction with the rows of all tenants. The reason is logged. */
  unscoped<T>(reason: string, work: (transaction: Transaction) => Promise<T>): Promise<T>;
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
  /** Over after a few statements of our own: like a single statement it is not asked which line of code began it. */
  readonly brief?: boolean | undefined;
}
