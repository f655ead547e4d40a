import type { ColumnType } from '../catalog/model/column-type.ts';
import type { Dialect } from '../dialect/dialect.ts';
import type { Result, Statement, StreamOptions, WriteAndLook, WrittenAndFound } from '../driver/connection.ts';
import type { SqlFragment } from '../sql/sql.ts';
import type { TenantScope } from './tenant/tenant-scope.ts';
import type { Transaction, TransactionOptions } from './transaction.ts';

/** Where statements run: a database takes any free connection for each, a transaction keeps one for all. */
export interface Session {
  readonly dialect: Dialect;
  readonly inTransaction: boolean;
  /** Whose rows it reaches in tables with a tenant. Absent: it reaches none of theirs, unless it reaches all of them. */
  readonly tenant?: TenantScope | undefined;
  /** Why it reaches the rows of all tenants. */
  readonly allTenants?: string | undefined;

  /** The transaction around the running code, where calls on this session take part in it. */
  readonly ambient?: Transaction | undefined;

  /** Runs one statement whose values are in wire form. */
  run(statement: Statement, values: readonly unknown[], options?: RunOptions): Promise<Result>;
  /** Like `run`, without a promise where the engine is in this process and nothing has to be waited for. */
  runNow?(statement: Statement, values: readonly unknown[], options?: RunOptions): Result | Promise<Result>;
  /** Runs several statements in order, in one flight where the protocol can. Outside a transaction each commits on its own. */
  runAll(statements: readonly StatementWithValues[], options?: RunOptions): Promise<readonly Result[]>;
  /** A write and a look at its row in a transaction of one flight. Undefined: it needs one of several, nothing took place. */
  writeAndLook?(steps: WriteAndLook): Promise<WrittenAndFound | undefined>;
  /** Reads rows in batches. The connection is kept until the loop ends; outside a transaction only the signal bounds it. */
  stream(
    statement: Statement,
    values: readonly unknown[],
    options?: RunOptions & Partial<StreamOptions>,
  ): AsyncIterable<Result['rows']>;

  /**
   * Runs SQL written by hand and gives its rows as objects. Of a column that `types` does not name the cell comes as the
   * driver reads it: on PostgreSQL the server's text, on the others a number where it is one.
   *
   * @example
   * ```ts
   * const late = await database.query<{ id: number }>(sql`select id from loan where due < ${today}`, {
   *   types: { id: { kind: 'integer' } },
   * });
   * ```
   */
  query<Row extends object = Record<string, unknown>>(
    fragment: SqlFragment,
    options?: QueryOptions,
  ): Promise<readonly Row[]>;
  /** Runs SQL written by hand and gives the number of rows it changed. */
  execute(fragment: SqlFragment, options?: QueryOptions): Promise<number>;

  /**
   * Runs `work` so that all of it takes place or nothing. In a transaction already: a savepoint.
   * A serialization failure, a deadlock or a lost line runs `work` again from its start.
   */
  transaction<T>(work: (transaction: Transaction) => Promise<T>, options?: TransactionOptions): Promise<T>;
}

export type StatementWithValues = readonly [Statement, readonly unknown[]];

export interface RunOptions {
  /** Stops the statement on the server. In a transaction it ends the whole transaction. */
  readonly signal?: AbortSignal | undefined;
  /** The statement may run no longer. In a transaction it ends the whole transaction. */
  readonly timeoutMs?: number | undefined;
  /** Running it twice is the same as running it once, as any read is: it is repeated when the line was lost. */
  readonly idempotent?: boolean | undefined;
}

export interface QueryOptions extends RunOptions {
  /** Types of result columns by name; others come as the driver reads them, on PostgreSQL as text. */
  readonly types?: Readonly<Record<string, ColumnType>> | undefined;
  /** SQLite: read whole numbers as bigint in every column. */
  readonly bigintRows?: boolean | undefined;
}
