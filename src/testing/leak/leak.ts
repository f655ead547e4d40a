/** Something a test left open on its database. */
export interface Leak {
  readonly kind: 'connection' | 'transaction' | 'lock';
  /** The server's number of the session that holds it; empty where sessions have none. */
  readonly session: string;
  /** What it is, without any value of a row. */
  readonly detail: string;
}
