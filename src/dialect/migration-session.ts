import type { Connection } from '../driver/connection.ts';
import type { ObjectReference, StatementClass } from './definition.ts';

/** How a session that changes definitions waits for locks, and for whom. */
export interface MigrationSession {
  /**
   * What is set before a statement of this class, in a transaction or before it: how long it waits for a lock and how
   * long it runs. In force until `unbound`.
   */
  bound(statementClass: StatementClass, lockTimeoutMs: number): readonly string[];
  /** Give the session back the limits it had when it was opened. */
  readonly unbound: readonly string[];
  /**
   * What removes the remains of `object`, left by a statement that was making it and was broken off; does nothing where
   * there are none. Run only where the catalog says that the object itself is not there. Absent: nothing ever remains.
   */
  clearRemains?(object: ObjectReference): readonly string[];
  /**
   * Who keeps the session of this number waiting at this moment; asked on another connection. Absent: the engine cannot
   * say.
   */
  blockers?(connection: Connection, waitingSessionId: string): Promise<readonly Blocker[]>;
}

/** A session that holds, or asked earlier for, a lock that another one wants. */
export interface Blocker {
  /** The server's number for it, as `pg_terminate_backend` and `kill` take it. */
  readonly sessionId: string;
  /** In the server's words, e.g. `idle in transaction`, `query`. */
  readonly state: string;
  /** How long its transaction has been open, where that is known. */
  readonly transactionMs?: number;
}
