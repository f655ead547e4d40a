import type { PoolMetrics } from '../driver/pool/pool-metrics.ts';
import type { PinnedSession } from './pinned-session.ts';
import type { Session } from './session.ts';
import type { BeginOptions, OpenTransaction } from './transaction.ts';

/** An open database: a session whose statements take any free connection, and the way to everything else. */
export interface Database extends Session, AsyncDisposable {
  readonly inTransaction: false;
  /** `host:port/database` or the file's path, for messages. */
  readonly where: string;
  /**
   * The replica when there is one, the database itself otherwise. Only for what reads: statements are repeated after a
   * lost line, transactions are read-only. A replica may be behind.
   */
  readonly read: Session;
  /**
   * Begins a transaction that the caller ends.
   *
   * @example
   * ```ts
   * await using transaction = await database.begin();
   * await transaction.execute(sql`update account set balance = balance - ${amount} where id = ${from}`);
   * await transaction.commit(); // leaving the block without it rolls back
   * ```
   */
  begin(options?: BeginOptions): Promise<OpenTransaction>;
  /** Runs `work` on one connection that nobody else uses meanwhile. */
  pinned<T>(work: (session: PinnedSession) => Promise<T>, options?: { readonly signal?: AbortSignal }): Promise<T>;
  metrics(): DatabaseMetrics;
  /** Waits for what is running up to `withinMs` (10 s), then drops it. */
  close(options?: { readonly withinMs?: number | undefined }): Promise<void>;
}

/** The pools by what they are for. */
export type DatabaseMetrics = Readonly<Partial<Record<PoolPurpose, PoolMetrics>>> & { readonly write: PoolMetrics };

/** `read` is there when reading has a pool of its own, `replica` when there is a replica. */
export type PoolPurpose = 'write' | 'read' | 'replica';
