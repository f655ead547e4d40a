import type { Dialect } from '../dialect/dialect.ts';
import type { Result, Statement, StreamOptions } from '../driver/connection.ts';
import { RowhouseError } from '../errors/rowhouse-error.ts';
import type { SqlFragment } from '../sql/sql.ts';
import { runFragment, toObjects } from './query.ts';
import { plainStatement } from './session-context.ts';
import type { QueryOptions, RunOptions, StatementWithValues } from './session.ts';
import type { OpenTransaction, Transaction, TransactionOptions } from './transaction.ts';
import { closedTransaction, type TransactionLine } from './transaction-line.ts';

/** A transaction as its user sees it: the outermost, or one nested in another as a savepoint. */
export class TransactionSession implements OpenTransaction {
  readonly dialect: Dialect;
  readonly inTransaction = true;
  readonly #line: TransactionLine;
  readonly #depth: number;
  readonly #hooks: (() => void | Promise<void>)[] = [];
  #isEnded = false;

  constructor(line: TransactionLine, depth = 0) {
    this.dialect = line.context.dialect;
    this.#line = line;
    this.#depth = depth;
    line.innermost = this;
  }

  async run(statement: Statement, values: readonly unknown[], options?: RunOptions): Promise<Result> {
    this.#refuseEnded();
    return await this.#line.run(this, statement, values, options);
  }

  async runAll(statements: readonly StatementWithValues[], options?: RunOptions): Promise<readonly Result[]> {
    this.#refuseEnded();
    return await this.#line.runAll(this, statements, options);
  }

  stream(
    statement: Statement,
    values: readonly unknown[],
    options?: RunOptions & Partial<StreamOptions>,
  ): AsyncIterable<Result['rows']> {
    this.#refuseEnded();
    return this.#line.stream(this, statement, values, { batchRows: 1000, ...options });
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
    this.#refuseOtherMode(options);
    const savepoint = `rowhouse_${this.#depth + 1}`;
    await this.#line.run(this, plainStatement(`savepoint ${savepoint}`), [], { idempotent: true });
    const nested = new TransactionSession(this.#line, this.#depth + 1);
    try {
      const result = await work(nested);
      await nested.#release(savepoint);
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
    await this.#line.commit(this);
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

  async #release(savepoint: string): Promise<void> {
    await this.#line.run(this, plainStatement(`release savepoint ${savepoint}`), [], { idempotent: true });
    this.#isEnded = true;
  }

  /** The transaction stands whatever a hook does, so its error is told to the log and not to the caller. */
  async #runHook(hook: () => void | Promise<void>): Promise<void> {
    try {
      await hook();
    } catch (error) {
      this.#line.context.logger?.error({ err: error }, 'a hook after commit failed');
    }
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
