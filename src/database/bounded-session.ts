import type { Dialect } from '../dialect/dialect.ts';
import type { Result, Statement, StreamOptions } from '../driver/connection.ts';
import type { SqlFragment } from '../sql/sql.ts';
import type { Bounds } from './interruption.ts';
import type { QueryOptions, RunOptions, Session, StatementWithValues } from './session.ts';
import type { TenantScope } from './tenant/tenant-scope.ts';
import type { Transaction, TransactionOptions } from './transaction.ts';

/** The session with bounds on every call that says none of its own. */
export function boundedSession(session: Session, bounds: Bounds): Session {
  return new BoundedSession(session, bounds);
}

class BoundedSession implements Session {
  readonly dialect: Dialect;
  readonly inTransaction: boolean;
  readonly #session: Session;
  readonly #bounds: Bounds;

  constructor(session: Session, bounds: Bounds) {
    this.dialect = session.dialect;
    this.inTransaction = session.inTransaction;
    this.#session = session;
    this.#bounds = bounds;
  }

  get tenant(): TenantScope | undefined {
    return this.#session.tenant;
  }

  get allTenants(): string | undefined {
    return this.#session.allTenants;
  }

  get ambient(): Transaction | undefined {
    return this.#session.ambient;
  }

  run(statement: Statement, values: readonly unknown[], options?: RunOptions): Promise<Result> {
    return this.#session.run(statement, values, { ...this.#bounds, ...options });
  }

  runAll(statements: readonly StatementWithValues[], options?: RunOptions): Promise<readonly Result[]> {
    return this.#session.runAll(statements, { ...this.#bounds, ...options });
  }

  stream(
    statement: Statement,
    values: readonly unknown[],
    options?: RunOptions & Partial<StreamOptions>,
  ): AsyncIterable<Result['rows']> {
    return this.#session.stream(statement, values, { ...this.#bounds, ...options });
  }

  query<Row extends object = Record<string, unknown>>(
    fragment: SqlFragment,
    options?: QueryOptions,
  ): Promise<readonly Row[]> {
    return this.#session.query<Row>(fragment, { ...this.#bounds, ...options });
  }

  execute(fragment: SqlFragment, options?: QueryOptions): Promise<number> {
    return this.#session.execute(fragment, { ...this.#bounds, ...options });
  }

  transaction<T>(work: (transaction: Transaction) => Promise<T>, options?: TransactionOptions): Promise<T> {
    return this.#session.transaction(work, { ...this.#bounds, ...options });
  }
}
