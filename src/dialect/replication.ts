import type { Connection } from '../driver/connection.ts';

/** 10 s behind is what people see as a fault. */
export const defaultMaxLagMs = 10_000;

/** How a server says how far it has come, and how one that follows it says whether it has come as far. */
export interface Replication {
  /**
   * What a connection to a replica sets, so that it cannot write even where the account may or the server was promoted:
   * a row that only a replica has breaks its replication.
   */
  readonly onlyReads: string;
  /**
   * The end of the primary's log: whatever was committed before lies before it. Undefined: the server keeps no log that
   * others could follow by positions.
   */
  position(connection: Connection): Promise<string | undefined>;
  /** Is this how a position of this engine looks? Text that came from outside is asked before a server sees it. */
  isPosition(text: string): boolean;
  /** Does the server show everything up to the position? Waits for it up to `withinMs`; with 0 it only looks. */
  hasReached(connection: Connection, position: string, withinMs: number): Promise<boolean>;
}
