import type { Statement } from '../driver/connection.ts';

/** How a database keeps the rows of tenants apart by itself, whatever SQL is run. */
export interface RowFence {
  /** What is run in a transaction so that the rest of it reaches the rows of one tenant only. */
  bind(tenant: string): readonly [Statement, readonly unknown[]];
  /** What is run in a transaction so that the rest of it reaches the rows of all. */
  readonly unbound: readonly [Statement, readonly unknown[]];
  /** What is run in a transaction so that the rest of it reaches no row of any tenant. */
  readonly closed: readonly [Statement, readonly unknown[]];
  /** What a session runs once to reach the rows of all tenants until it ends. */
  readonly lift: Statement;
  /** Gives a row when the account of the connection passes the fence by. */
  readonly bypass: Statement;
}
