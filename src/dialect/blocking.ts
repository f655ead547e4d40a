import type { Connection } from '../driver/connection.ts';
import type { Effects } from './effects.ts';

/**
 * Finds out, before a plan runs, for which tables others would wait while rows are read or written anew. The statements
 * are run on a database of the same structure without rows, so what they do is measured and how much there is of it is
 * asked of the database that they are for.
 */
export interface BlockingProbe {
  /** May any table hold more rows than that? Told by its size on disk: no row is read, and no lock waited for. */
  mayExceed(connection: Connection, rows: number): Promise<boolean>;
  /** How many rows the table has, counted no further than `upTo`. 0: there is no such table. `table` is as in `Effects`. */
  countRows(connection: Connection, table: string, upTo: number): Promise<number>;
  /**
   * `scratch` is empty of rows and nobody else has it, neither does anybody else have the observer's. Throws
   * `SCRATCH_FAILED` where what is tried there would not stay there.
   */
  begin(scratch: Connection, observer: Connection): Promise<BlockingRehearsal>;
}

/** A plan on its way through a scratch database. */
export interface BlockingRehearsal {
  /** False: what the statement does would outlast the scratch database, a role for example, so it is not to be run. */
  mayRun(sql: string): boolean;
  /**
   * Runs one statement, in the transaction that is open where it is `transactional`. Gives the locks that are held by
   * then, on what was there when the rehearsal began and under the names of that time; a table of which all rows would
   * be read is in `scans`, with no rows.
   */
  run(statement: { readonly sql: string; readonly transactional: boolean }): Promise<Effects>;
}

/** What a statement surely does to rows while others wait for the table. */
export interface BlockedTable {
  readonly table: string;
  readonly does: 'reads' | 'rewrites';
}
