import type { Connection, LocalConnection } from '../connection.ts';
import type { PoolMetrics } from './pool-metrics.ts';

/** Where a session gets its connection from: a pool, or the one connection it is pinned to. */
export interface ConnectionSource {
  /** A connection if one is free right now, without a promise; undefined when `acquire` must be awaited. */
  take(origin?: Error): Checkout | undefined;
  /**
   * A free connection in this process, for work that is over when the call returns: it stays free meanwhile. Undefined
   * when `take` or `acquire` must be asked, and where nobody lends.
   */
  lend?(): LocalConnection | undefined;
  /** A connection, waiting in line when all are in use. */
  acquire(options?: AcquireOptions): Promise<Checkout>;
  /** Says that a line was lost: every idle connection is asked for a sign of life before it is used again. */
  suspect(): void;
}

/** Connections that are opened when needed, handed to one caller at a time, and kept for the next. */
export interface Pool extends ConnectionSource {
  metrics(): PoolMetrics;
  /** Turns away who waits, lets checkouts end for `withinMs` (10 s), then drops them. */
  close(options?: { readonly withinMs?: number | undefined }): Promise<void>;
}

export interface AcquireOptions {
  readonly signal?: AbortSignal | undefined;
  /** From `captureOrigin`: names the line of code that asked, for when the pool runs dry. */
  readonly origin?: Error | undefined;
  /** Where there is a choice: from the primary, because a replica has broken the same work off. */
  readonly steady?: boolean | undefined;
}

/** A connection in the hands of one caller until it gives it back. */
export interface Checkout {
  readonly connection: Connection;
  /** Gives the connection back; a broken one is dropped. The second call does nothing. */
  release(): void;
  /** Closes the connection instead of giving it back: its session is in a state nobody knows. */
  discard(): void;
}
