import type { Dialect } from '../dialect/dialect.ts';
import type { Result, Statement, StreamOptions } from '../driver/connection.ts';
import { RowhouseError } from '../errors/rowhouse-error.ts';
import type { SqlFragment } from '../sql/sql.ts';
import { runFragment, toObjects } from './query.ts';
import { refuseTransactionOptions } from './refuse-transaction-options.ts';
import { refuseUnknownOptions } from './refuse-unknown-options.ts';
import { runSoon } from './run-now.ts';
import { plainStatement } from './session-context.ts';
import type { QueryOptions, RunOptions, StatementWithValues } from './session.ts';
import { scopeOfAll, scopeOfTenant, type SessionScope } from './tenant/session-scope.ts';
import type { TenantId, TenantScope } from './tenant/tenant-scope.ts';
import type { OpenTransaction, Transaction, TransactionOptions } from './transaction.ts';
import { closedTransaction } from './transaction-errors.ts';
import type { TransactionLine } from './transaction-line.ts';

/** A transaction as its user sees it: the outermost, or one nested in another as a savepoint. */
export class TransactionSession implements OpenTransaction {
  readonly dialect: Dialect;
  readonly inTransaction = true;
  readonly #line: TransactionLine;
  readonly #depth: number;
  readonly #scope: SessionScope | undefined;
  readonly #hooks: (() => void | Promise<void>)[] = [];
  #isEnded = false;

  constructor(line: TransactionLine, depth = 0, scope: SessionScope | undefined = line.context.scope) {
    this.dialect = line.context.dialect;
    this.#line = line;
    this.#depth = depth;
    this.#scope = scope;
    line.innermost = this;
  }

  get tenant(): TenantScope | undefined {
    return this.#scope?.tenant;
  }

  get allTenants(): string | undefined {
    return this.#scope?.allTenants;
  }

  run(statement: Statement, values: readonly unknown[], options?: RunOptions): Promise<Result> {
    return runSoon(this, statement, values, options);
  }

  runNow(statement: Statement, values: readonly unknown[], options?: RunOptions): Result | Promise<Result> {
    this.#refuseEnded();
    const scope = this.#scope;
    const checking = scope === undefined ? undefined : this.#check(scope, statement);
    if (checking !== undefined) return checking.then(() => this.#line.run(this, statement, values, options));
    return this.#line.runNow(this, statement, values, options);
  }

  async runAll(statements: readonly StatementWithValues[], options?: RunOptions): Promise<readonly Result[]> {
    refuseUnknownOptions(options, 'a statement');
    this.#refuseEnded();
    const scope = this.#scope;
    if (scope !== undefined) for (const [statement] of statements) await this.#check(scope, statement);
    return await this.#line.runAll(this, statements, options);
  }

  stream(
    statement: Statement,
    values: readonly unknown[],
    options?: RunOptions & Partial<StreamOptions>,
  ): AsyncIterable<Result['rows']> {
    refuseUnknownOptions(options, 'a stream');
    this.#refuseEnded();
    const rows = this.#line.stream(this, statement, values, { batchRows: 1000, ...options });
    const scope = this.#scope;
    return scope === undefined ? rows : this.#checked(scope, statement, rows);
  }

  async query<Row extends object>(fragment: SqlFragment, options?: QueryOptions): Promise<readonly Row[]> {
    const result = await runFragment(this, this.#line.context, fragment, options);
    return toObjects<Row>(this.dialect, result, options?.types);
  }

  async execute(fragment: SqlFragment, options?: QueryOptions): Promise<number> {
    return (await runFragment(this, this.#line.context, fragment, options)).changes;
  }

  afterCommit(hook: () => void | Promise<void>): void {
    this.#refuseEnded();
    this.#hooks.push(hook);
  }

  async transaction<T>(work: (transaction: Transaction) => Promise<T>, options?: TransactionOptions): Promise<T> {
    this.#refuseEnded();
    refuseTransactionOptions(options);
    this.#refuseOtherMode(options);
    return await this.#nest(this.#scope, work);
  }

  async forTenant<T>(tenant: TenantId, work: (transaction: Transaction) => Promise<T>): Promise<T> {
    this.#refuseEnded();
    if (this.tenant?.value === tenant) return await this.#nest(this.#scope, work);
    if (this.tenant !== undefined) throw otherTenant();
    if (this.#line.context.isPlaced === true) throw placed();
    return await this.#nest(scopeOfTenant(tenant, this.#line.context), work);
  }

  async unscoped<T>(reason: string, work: (transaction: Transaction) => Promise<T>): Promise<T> {
    this.#refuseEnded();
    if (this.#line.context.isPlaced === true && this.tenant !== undefined) throw placed();
    return await this.#nest(scopeOfAll(reason, this.#line.context), work);
  }

  /** A savepoint; with another scope than this session's the database is told, and told again when it ends. */
  async #nest<T>(scope: SessionScope | undefined, work: (transaction: Transaction) => Promise<T>): Promise<T> {
    const savepoint = `rowhouse_${this.#depth + 1}`;
    await this.#control(`savepoint ${savepoint}`, scope);
    const nested = new TransactionSession(this.#line, this.#depth + 1, scope);
    try {
      const { ambient } = this.#line.context;
      const result = await (ambient === undefined ? work(nested) : ambient.within(nested, work));
      await nested.#control(`release savepoint ${savepoint}`, this.#scope);
      nested.#isEnded = true;
      this.#hooks.push(...nested.#hooks);
      return result;
    } catch (error) {
      nested.#isEnded = true;
      await this.#line.rollBackTo(savepoint);
      throw error;
    } finally {
      this.#line.innermost = this;
    }
  }

  async commit(): Promise<void> {
    this.#refuseEnded();
    const committing = this.#line.commit(this);
    if (committing !== undefined) await committing;
    this.#isEnded = true;
    for (const hook of this.#hooks) await this.#runHook(hook);
  }

  async rollback(): Promise<void> {
    this.#isEnded = true;
    await this.#line.rollback();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.rollback();
  }

  /** Begins or ends a savepoint, and leaves the database in a scope. */
  async #control(sql: string, scope: SessionScope | undefined): Promise<void> {
    const statements: StatementWithValues[] = [[plainStatement(sql), []]];
    const { rowFence } = this.dialect;
    if (scope !== this.#scope && rowFence !== undefined) statements.push(scope?.binding ?? rowFence.closed);
    await this.#line.runAll(this, statements, { idempotent: true });
  }

  /** The transaction stands whatever a hook does, so its error is told to the log or the process, not to the caller. */
  async #runHook(hook: () => void | Promise<void>): Promise<void> {
    try {
      await hook();
    } catch (error) {
      const { logger } = this.#line.context;
      if (logger === undefined) warnOfHook(error);
      else logger.error({ err: error }, 'a hook after commit failed');
    }
  }

  async *#checked<Rows>(scope: SessionScope, statement: Statement, batches: AsyncIterable<Rows>): AsyncIterable<Rows> {
    await this.#check(scope, statement);
    yield* batches;
  }

  /** Undefined for a statement that needs no question. */
  #check(scope: SessionScope, statement: Statement): Promise<void> | undefined {
    return scope.check(statement, async (question) => {
      return await this.#line.run(this, question, [], { idempotent: true });
    });
  }

  #refuseEnded(): void {
    if (this.#isEnded) throw closedTransaction();
  }

  #refuseOtherMode(options: TransactionOptions = {}): void {
    const { isolation, readOnly } = this.#line.mode;
    const isOther =
      (options.isolation !== undefined && options.isolation !== isolation) ||
      (options.readOnly !== undefined && options.readOnly !== (readOnly ?? false));
    if (!isOther) return;
    throw new RowhouseError('USAGE', 'a nested transaction has the isolation and access of the one around it');
  }
}

/** What failed and where, without the message: it may hold values of rows. */
function warnOfHook(error: unknown): void {
  const name = error instanceof Error ? error.name : typeof error;
  const code = error instanceof RowhouseError ? ` ${error.code}` : '';
  const frames = error instanceof Error ? (error.stack ?? '').split('\n').filter((line) => /^ +at /.test(line)) : [];
  process.emitWarning(`a hook after commit failed with ${name}${code}`, {
    type: 'RowhouseWarning',
    code: 'AFTER_COMMIT_FAILED',
    detail: frames.join('\n'),
  });
}

function otherTenant(): RowhouseError {
  return new RowhouseError('TENANT_MISMATCH', 'the transaction is bound to another tenant', {
    hint: "work that goes over several tenants begins in database.unscoped('why')",
  });
}

function placed(): RowhouseError {
  return new RowhouseError('CAPABILITY_MISSING', 'a transaction in the place of one tenant does not reach the others', {
    hint: 'open one for each tenant with database.forTenant(id)',
  });
}
