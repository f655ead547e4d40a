import type { Connection } from './connection.ts';
import type { Target } from './target.ts';

/** A client library behind one small port. */
export interface Driver {
  /** The library's package name: `pg`, `mysql2`, `better-sqlite3`, `node:sqlite`. */
  readonly name: string;
  /** Opens one connection, ready for work: TLS as the policy says, session settings of the engine made. */
  connect(target: Target): Promise<Connection>;
}
