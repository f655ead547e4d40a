import type { Connection } from '../driver/connection.ts';

/** How whole databases are made and removed on a server, for work that nobody keeps. */
export interface Databases {
  /** Makes an empty database with the text encoding and order of the one that the connection is in. */
  create(connection: Connection, name: string): Promise<void>;
  /** Removes it, even when somebody still uses it. */
  drop(connection: Connection, name: string): Promise<void>;
}
