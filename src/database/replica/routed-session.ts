import type { Dialect } from '../../dialect/dialect.ts';
import type { Result, Statement, StreamOptions } from '../../driver/connection.ts';
import type { SqlFragment } from '../../sql/sql.ts';
import type { QueryOptions, RunOptions, Session, StatementWithValues } from '../session.ts';
import type { TenantScope } from '../tenant/tenant-scope.ts';
import type { Transaction, TransactionOptions } from '../transaction.ts';

/**
 * A session for one piece of work, such as a request: reads go to a replica until it writes, and to the primary from
 * then on. A statement by hand counts as a write unless it says `idempotent`.
 */
export interface RoutedSession extends Session {
  /** Has it written, or tried to? */
  readonly hasWritten: boolean;
  /** Where its writes are, for who reads afterwards: see `database.read.after`. */
  token(): Promise<string>;
}

export interface RoutedSides {
  readonly writer: Session;
  readonly reader: Session;
  readonly token: () => Promise<string>;
}

/** Both sides of a database as one session. */
export class SessionOnBothSides implements RoutedSession {
  readonly dialect: Dialect;
  readonly inTransaction = false;
  readonly #sides: RoutedSides;
  #hasWritten = false;

  constructor(sides: RoutedSides) {
    this.dialect = sides.writer.dialect;
    this.#sides = sides;
  }

  get tenant(): TenantScope | undefined {
    return this.#sides.writer.tenant;
  }

  get allTenants(): string | undefined {
    return this.#sides.writer.allTenants;
  }

  get hasWritten(): boolean {
    return this.#hasWritten;
  }

  async token(): Promise<string> {
    return await this.#sides.token();
  }

  async run(statement: Statement, values: readonly unknown[], options?: RunOptions): Promise<Result> {
    return await this.#side(options?.idempotent).run(statement, values, options);
  }

  async runAll(statements: readonly StatementWithValues[], options?: RunOptions): Promise<readonly Result[]> {
    return await this.#side(options?.idempotent).runAll(statements, options);
  }

  stream(
    statement: Statement,
    values: readonly unknown[],
    options?: RunOptions & Partial<StreamOptions>,
  ): AsyncIterable<Result['rows']> {
    return this.#side(options?.idempotent).stream(statement, values, options);
  }

  async query<Row extends object = Record<string, unknown>>(
    fragment: SqlFragment,
    options?: QueryOptions,
  ): Promise<readonly Row[]> {
    return await this.#side(options?.idempotent).query<Row>(fragment, options);
  }

  async execute(fragment: SqlFragment, options?: QueryOptions): Promise<number> {
    return await this.#side(options?.idempotent).execute(fragment, options);
  }

  async transaction<T>(work: (transaction: Transaction) => Promise<T>, options?: TransactionOptions): Promise<T> {
    return await this.#side(options?.readOnly).transaction(work, options);
  }

  #side(onlyReads = false): Session {
    if (!onlyReads) this.#hasWritten = true;
    return this.#hasWritten ? this.#sides.writer : this.#sides.reader;
  }
}
