import type { PoolMetrics } from '../driver/pool/pool-metrics.ts';
import type { PinnedSession } from './pinned-session.ts';
import type { AfterOptions, ReadSession } from './replica/read-session.ts';
import type { ReplicaMetrics } from './replica/replica.ts';
import type { RoutedSession } from './replica/routed-session.ts';
import type { Session } from './session.ts';
import type { ScopedDatabase } from './tenant/scoped-database.ts';
import type { TenantId } from './tenant/tenant-scope.ts';
import type { BeginOptions, OpenTransaction } from './transaction.ts';

/** An open database: a session whose statements take any free connection, and the way to everything else. */
export interface Database extends Session, AsyncDisposable {
  readonly inTransaction: false;
  /** `host:port/database` or the file's path, for messages. */
  readonly where: string;
  /**
   * The replicas in turn while they are fit, the database itself otherwise. Only for what reads: statements are repeated
   * after a lost line, transactions are read-only. A replica may be behind, by no more than was configured. In the function
   * of a transaction of this database it reads in that transaction.
   */
  readonly read: ReadSession;
  /** A session for one piece of work: reads go to a replica until it writes. It holds no connection and needs no end. */
  session(options?: SessionOptions): RoutedSession;
  /** Where everything is that was committed until now, for readers in any process: see `read.after`. */
  token(): Promise<string>;
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
  /**
   * Runs work that takes no part in the transaction around it: what must last though the transaction fails, and what
   * goes on when it is over.
   *
   * @example
   * ```ts
   * await database.transaction(async () => {
   *   await database.outside(async () => await attempts.insert({ account })); // stays, whatever becomes of the rest
   *   await transfers.insert({ account, amount });
   * });
   * ```
   */
  outside<T>(work: () => T): T;
  /** Runs `work` on one connection that nobody else uses meanwhile. */
  pinned<T>(work: (session: PinnedSession) => Promise<T>, options?: PinnedOptions): Promise<T>;
  /**
   * The database as far as one tenant reaches: reads, updates and deletes find its rows only, inserts are its own. Take
   * the tenant from what the caller has proven, never from what it sends.
   */
  forTenant(tenant: TenantId): ScopedDatabase;
  /** The database with the rows of all tenants, for work that is about all of them. The reason is logged. */
  unscoped(reason: string): ScopedDatabase;
  metrics(): DatabaseMetrics;
  /** Waits for what is running up to `withinMs` (10 s), then drops it. */
  close(options?: CloseOptions): Promise<void>;
}

export interface PinnedOptions {
  /** Ends the waiting for a connection. */
  readonly signal?: AbortSignal | undefined;
}

export interface CloseOptions {
  readonly withinMs?: number | undefined;
}

export interface SessionOptions extends AfterOptions {
  /** The token of a write that its reads must see, such as the last of the same user. */
  readonly after?: string | undefined;
}

/** The pools by what they are for, and the replicas. */
export interface DatabaseMetrics extends Readonly<Partial<Record<PoolPurpose, PoolMetrics>>> {
  readonly write: PoolMetrics;
  readonly replicas?: readonly ReplicaMetrics[];
  /** Connections of the primary that were given for reading because no replica was fit. */
  readonly readsOnPrimary?: number;
}

/** `read` is there when reading has a pool of its own. */
export type PoolPurpose = 'write' | 'read';
