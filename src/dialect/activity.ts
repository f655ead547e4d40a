import type { ObjectName } from '../catalog/model/object-name.ts';
import type { Connection } from '../driver/connection.ts';

/** Finds the sessions that have to do with a table, and stops them. */
export interface Activity {
  /**
   * The other sessions of this database that hold a lock on the table, wait for one or run a statement about it, as far
   * as the server tells. Undefined: there is no such table.
   */
  sessionsOn(connection: Connection, table: ObjectName): Promise<readonly TableSession[] | undefined>;
  /** Stops the statement that the session is running; its transaction stays. False: the session is gone. */
  cancel(connection: Connection, session: TableSession): Promise<boolean>;
  /** Ends the session, and rolls its transaction back. False: it is gone. */
  terminate(connection: Connection, session: TableSession): Promise<boolean>;
}

/** A session of somebody else. What its statement says is left out: it may hold values. */
export interface TableSession {
  /** The server's number for it. */
  readonly id: string;
  readonly user: string;
  /** What the client calls itself; empty where it says nothing. */
  readonly application: string;
  /** The first word of the statement that it is running; absent: it is running none, and a transaction keeps its locks. */
  readonly running?: string;
  /** For how long it has been at it. */
  readonly forMs: number;
}
