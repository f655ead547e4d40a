import type { CloseOptions, Database, DatabaseMetrics, PinnedOptions, SessionOptions } from '../database/database.ts';
import type { PinnedSession } from '../database/pinned-session.ts';
import type { AfterOptions, ReadSession } from '../database/replica/read-session.ts';
import type { RoutedSession } from '../database/replica/routed-session.ts';
import type { QueryOptions, RunOptions, Session, StatementWithValues } from '../database/session.ts';
import type { ScopedDatabase } from '../database/tenant/scoped-database.ts';
import type { TenantId, TenantScope } from '../database/tenant/tenant-scope.ts';
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
  forTenant<T>(tenant: TenantId, work: (transaction: ServiceTransaction) => Promise<T>): Promise<T>;
  unscoped<T>(reason: string, work: (transaction: ServiceTransaction) => Promise<T>): Promise<T>;
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
  readonly read: ServiceReads;
  session(options?: SessionOptions): ServiceSession;
  forTenant(tenant: TenantId): TenantDatabase;
  unscoped(reason: string): TenantDatabase;
}

/**
 * The database of a service as far as one tenant reaches.
 *
 * @example
 * ```ts
 * const mine = database.forTenant(claims.tenant);
 * const open = await mine.repository(schema.invoices).list({ where: { paid: false } });
 * ```
 */
export interface TenantDatabase extends ScopedDatabase, WithRepositories {
  readonly read: ServiceReads;
  session(options?: SessionOptions): ServiceSession;
  transaction<T>(work: (transaction: ServiceTransaction) => Promise<T>, options?: TransactionOptions): Promise<T>;
}

/** A session that only reads and gives repositories. */
export interface ServiceReads extends ReadSession, WithRepositories {
  after(token: string, options?: AfterOptions): Session & WithRepositories;
}

/** A session for one piece of work that gives repositories. */
export interface ServiceSession extends RoutedSession, WithRepositories {
  transaction<T>(work: (transaction: ServiceTransaction) => Promise<T>, options?: TransactionOptions): Promise<T>;
}

/** What both halves do the same: hand everything to the session behind. */
abstract class Delegate<S extends Session> implements WithRepositories {
  protected readonly inner: S;
  protected readonly repositoryOptions: RepositoryOptions;

  constructor(inner: S, repositoryOptions: RepositoryOptions) {
    this.inner = inner;
    this.repositoryOptions = repositoryOptions;
  }

  get ambient(): Transaction | undefined {
    return this.inner.ambient;
  }

  get dialect(): Dialect {
    return this.inner.dialect;
  }

  get tenant(): TenantScope | undefined {
    return this.inner.tenant;
  }

  get allTenants(): string | undefined {
    return this.inner.allTenants;
  }

  repository<R, I, P, L>(table: RelatedTable<R, I, P, L>, options?: RepositoryOptions): RelatedRepository<R, I, P, L>;
  repository<R, I, P>(table: TableOf<R, I, P>, options?: RepositoryOptions): Repository<R, I, P>;
  repository<R, I, P>(table: TableOf<R, I, P>, options?: RepositoryOptions): Repository<R, I, P> {
    return createRepository(table, this.inner, { ...this.repositoryOptions, ...options });
  }

  async run(statement: Statement, values: readonly unknown[], options?: RunOptions): Promise<Result> {
    return await this.inner.run(statement, values, options);
  }

  async runAll(statements: readonly StatementWithValues[], options?: RunOptions): Promise<readonly Result[]> {
    return await this.inner.runAll(statements, options);
  }

  stream(
    statement: Statement,
    values: readonly unknown[],
    options?: RunOptions & Partial<StreamOptions>,
  ): AsyncIterable<Result['rows']> {
    return this.inner.stream(statement, values, options);
  }

  async query<Row extends object = Record<string, unknown>>(
    fragment: SqlFragment,
    options?: QueryOptions,
  ): Promise<readonly Row[]> {
    return await this.inner.query<Row>(fragment, options);
  }

  async execute(fragment: SqlFragment, options?: QueryOptions): Promise<number> {
    return await this.inner.execute(fragment, options);
  }

  transaction<T>(work: (transaction: ServiceTransaction) => Promise<T>, options?: TransactionOptions): Promise<T> {
    return this.inner.transaction((tx) => work(new TransactionDelegate(tx, this.repositoryOptions)), options);
  }
}

class TransactionDelegate extends Delegate<Transaction> implements ServiceTransaction {
  readonly inTransaction = true;

  afterCommit(hook: () => void | Promise<void>): void {
    this.inner.afterCommit(hook);
  }

  async forTenant<T>(tenant: TenantId, work: (transaction: ServiceTransaction) => Promise<T>): Promise<T> {
    return await this.inner.forTenant(tenant, async (tx) => await work(this.of(tx)));
  }

  async unscoped<T>(reason: string, work: (transaction: ServiceTransaction) => Promise<T>): Promise<T> {
    return await this.inner.unscoped(reason, async (tx) => await work(this.of(tx)));
  }

  private of(transaction: Transaction): ServiceTransaction {
    return new TransactionDelegate(transaction, this.repositoryOptions);
  }
}

class ReaderDelegate<S extends Session> extends Delegate<S> {
  readonly inTransaction = false;
}

class ReadDelegate extends ReaderDelegate<ReadSession> implements ServiceReads {
  after(token: string, options?: AfterOptions): Session & WithRepositories {
    return new ReaderDelegate(this.inner.after(token, options), this.repositoryOptions);
  }
}

class RoutedDelegate extends Delegate<RoutedSession> implements ServiceSession {
  readonly inTransaction = false;

  get hasWritten(): boolean {
    return this.inner.hasWritten;
  }

  async token(): Promise<string> {
    return await this.inner.token();
  }
}

/** What a database and the part of it that a tenant reaches have alike. */
class ScopedDelegate<S extends ScopedDatabase> extends Delegate<S> implements TenantDatabase {
  readonly inTransaction = false;

  get where(): string {
    return this.inner.where;
  }

  get read(): ServiceReads {
    return new ReadDelegate(this.inner.read, this.repositoryOptions);
  }

  session(options?: SessionOptions): ServiceSession {
    return new RoutedDelegate(this.inner.session(options), this.repositoryOptions);
  }

  async token(): Promise<string> {
    return await this.inner.token();
  }

  async begin(options?: BeginOptions): Promise<OpenTransaction> {
    return await this.inner.begin(options);
  }
}

class DatabaseDelegate extends ScopedDelegate<Database> implements ServiceDatabase {
  private readonly report: AsyncDisposable | undefined;

  constructor(session: Database, options: RepositoryOptions, report: AsyncDisposable | undefined) {
    super(session, options);
    this.report = report;
  }

  outside<T>(work: () => T): T {
    return this.inner.outside(work);
  }

  async pinned<T>(work: (session: PinnedSession) => Promise<T>, options?: PinnedOptions): Promise<T> {
    return await this.inner.pinned(work, options);
  }

  forTenant(tenant: TenantId): TenantDatabase {
    return new ScopedDelegate(this.inner.forTenant(tenant), this.repositoryOptions);
  }

  unscoped(reason: string): TenantDatabase {
    return new ScopedDelegate(this.inner.unscoped(reason), this.repositoryOptions);
  }

  metrics(): DatabaseMetrics {
    return this.inner.metrics();
  }

  async close(options?: CloseOptions): Promise<void> {
    await this.report?.[Symbol.asyncDispose]();
    await this.inner.close(options);
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
