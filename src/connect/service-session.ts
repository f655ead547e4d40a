import type { Database, DatabaseMetrics } from '../database/database.ts';
import type { PinnedSession } from '../database/pinned-session.ts';
import type { QueryOptions, RunOptions, Session, StatementWithValues } from '../database/session.ts';
import type { BeginOptions, OpenTransaction, Transaction, TransactionOptions } from '../database/transaction.ts';
import type { Dialect } from '../dialect/dialect.ts';
import type { Result, Statement, StreamOptions } from '../driver/connection.ts';
import { createRepository, type RepositoryOptions } from '../repository/create-repository.ts';
import type { RelatedRepository } from '../repository/include/related-repository.ts';
import type { Repository } from '../repository/repository.ts';
import type { RelatedTable } from '../schema/relations/related-table.ts';
import type { TableOf } from '../schema/table/table.ts';
import type { SqlFragment } from '../sql/sql.ts';

/** A session that gives repositories. */
export interface WithRepositories {
  repository<R, I, P, L>(table: RelatedTable<R, I, P, L>, options?: RepositoryOptions): RelatedRepository<R, I, P, L>;
  repository<R, I, P>(table: TableOf<R, I, P>, options?: RepositoryOptions): Repository<R, I, P>;
}

/** A transaction that gives repositories: what they do takes place together or not at all. */
export interface ServiceTransaction extends Transaction, WithRepositories {
  transaction<T>(work: (transaction: ServiceTransaction) => Promise<T>, options?: TransactionOptions): Promise<T>;
}

/**
 * An open database of a service: repositories of its tables, transactions, SQL by hand.
 *
 * @example
 * ```ts
 * const users = database.repository(schema.users);
 * await database.transaction(async (tx) => {
 *   await tx.repository(schema.users).update(id, { active: false });
 * });
 * ```
 */
export interface ServiceDatabase extends Database, WithRepositories {
  transaction<T>(work: (transaction: ServiceTransaction) => Promise<T>, options?: TransactionOptions): Promise<T>;
}

/** What both halves do the same: hand everything to the session behind. */
abstract class Delegate<S extends Session> implements WithRepositories {
  protected readonly session: S;
  protected readonly repositoryOptions: RepositoryOptions;

  constructor(session: S, repositoryOptions: RepositoryOptions) {
    this.session = session;
    this.repositoryOptions = repositoryOptions;
  }

  get dialect(): Dialect {
    return this.session.dialect;
  }

  repository<R, I, P, L>(table: RelatedTable<R, I, P, L>, options?: RepositoryOptions): RelatedRepository<R, I, P, L>;
  repository<R, I, P>(table: TableOf<R, I, P>, options?: RepositoryOptions): Repository<R, I, P>;
  repository<R, I, P>(table: TableOf<R, I, P>, options?: RepositoryOptions): Repository<R, I, P> {
    return createRepository(table, this.session, { ...this.repositoryOptions, ...options });
  }

  async run(statement: Statement, values: readonly unknown[], options?: RunOptions): Promise<Result> {
    return await this.session.run(statement, values, options);
  }

  async runAll(statements: readonly StatementWithValues[], options?: RunOptions): Promise<readonly Result[]> {
    return await this.session.runAll(statements, options);
  }

  stream(
    statement: Statement,
    values: readonly unknown[],
    options?: RunOptions & Partial<StreamOptions>,
  ): AsyncIterable<Result['rows']> {
    return this.session.stream(statement, values, options);
  }

  async query<Row extends object = Record<string, unknown>>(
    fragment: SqlFragment,
    options?: QueryOptions,
  ): Promise<readonly Row[]> {
    return await this.session.query<Row>(fragment, options);
  }

  async execute(fragment: SqlFragment, options?: QueryOptions): Promise<number> {
    return await this.session.execute(fragment, options);
  }

  async transaction<T>(
    work: (transaction: ServiceTransaction) => Promise<T>,
    options?: TransactionOptions,
  ): Promise<T> {
    return await this.session.transaction(
      async (tx) => await work(new TransactionDelegate(tx, this.repositoryOptions)),
      options,
    );
  }
}

class TransactionDelegate extends Delegate<Transaction> implements ServiceTransaction {
  readonly inTransaction = true;

  afterCommit(hook: () => void | Promise<void>): void {
    this.session.afterCommit(hook);
  }
}

class DatabaseDelegate extends Delegate<Database> implements ServiceDatabase {
  readonly inTransaction = false;
  private readonly report: AsyncDisposable | undefined;

  constructor(session: Database, options: RepositoryOptions, report: AsyncDisposable | undefined) {
    super(session, options);
    this.report = report;
  }

  get where(): string {
    return this.session.where;
  }

  get read(): Session {
    return this.session.read;
  }

  async begin(options?: BeginOptions): Promise<OpenTransaction> {
    return await this.session.begin(options);
  }

  async pinned<T>(
    work: (session: PinnedSession) => Promise<T>,
    options?: { readonly signal?: AbortSignal },
  ): Promise<T> {
    return await this.session.pinned(work, options);
  }

  metrics(): DatabaseMetrics {
    return this.session.metrics();
  }

  async close(options?: { readonly withinMs?: number | undefined }): Promise<void> {
    await this.report?.[Symbol.asyncDispose]();
    await this.session.close(options);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}

/** The database with repositories; what reports this process ends before it is closed. */
export function serviceDatabase(
  database: Database,
  options: RepositoryOptions = {},
  report?: AsyncDisposable,
): ServiceDatabase {
  return new DatabaseDelegate(database, options, report);
}
