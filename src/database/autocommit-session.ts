import type { Dialect } from '../dialect/dialect.ts';
import type { Connection, Result, Statement, StreamOptions } from '../driver/connection.ts';
import { captureOrigin } from '../driver/pool/call-site.ts';
import type { Checkout, ConnectionSource } from '../driver/pool/pool.ts';
import { retryOf, type Retry } from '../errors/codes.ts';
import type { RowhouseError } from '../errors/rowhouse-error.ts';
import type { SqlFragment } from '../sql/sql.ts';
import { beginTransaction, signalOf } from './begin-transaction.ts';
import { observed, queryChannel } from './diagnostics.ts';
import { interruptible, interruption, stopStatement, type Bounds } from './interruption.ts';
import { runFragment, toObjects } from './query.ts';
import { retry, retryOfCause } from './retry.ts';
import { runTransaction } from './run-transaction.ts';
import type { QueryOptions, RunOptions, Session, StatementWithValues } from './session.ts';
import { translated, type SessionContext } from './session-context.ts';
import type { BeginOptions, OpenTransaction, Transaction, TransactionOptions } from './transaction.ts';

/** A session without a transaction: each statement takes a connection, commits on its own and gives it back. */
export class AutocommitSession implements Session {
  readonly dialect: Dialect;
  readonly inTransaction = false;
  readonly #context: SessionContext;

  constructor(context: SessionContext) {
    this.dialect = context.dialect;
    this.#context = context;
  }

  async run(statement: Statement, values: readonly unknown[], options?: RunOptions): Promise<Result> {
    return await this.#perform(
      statement.sql,
      options,
      true,
      async (connection) => await connection.run(statement, values),
    );
  }

  async runAll(statements: readonly StatementWithValues[], options?: RunOptions): Promise<readonly Result[]> {
    const sql = statements.map(([statement]) => statement.sql).join('; ');
    return await this.#perform(sql, options, false, async (connection) => await connection.runAll(statements));
  }

  async *stream(
    statement: Statement,
    values: readonly unknown[],
    options: RunOptions & Partial<StreamOptions> = {},
  ): AsyncIterable<Result['rows']> {
    const { batchRows = 1000, signal } = options;
    const checkout = await this.#checkOutAgain(options, captureOrigin());
    let lastResort: NodeJS.Timeout | undefined;
    const onAbort = (): void => {
      lastResort = stopStatement(checkout.connection);
    };
    signal?.addEventListener('abort', onAbort);
    try {
      for await (const rows of checkout.connection.stream(statement, values, { batchRows })) {
        yield rows;
        if (signal?.aborted === true) break;
      }
    } catch (error) {
      if (signal?.aborted !== true) throw this.#failed(error);
    } finally {
      clearTimeout(lastResort);
      signal?.removeEventListener('abort', onAbort);
      this.#giveBack(checkout, lastResort !== undefined);
    }
    if (signal?.aborted === true) throw interruption(signal.reason);
  }

  async query<Row extends object>(fragment: SqlFragment, options?: QueryOptions): Promise<readonly Row[]> {
    const result = await runFragment(this, this.#context, fragment, options);
    return toObjects<Row>(this.dialect, result, options?.types);
  }

  async execute(fragment: SqlFragment, options?: QueryOptions): Promise<number> {
    return (await runFragment(this, this.#context, fragment, options)).changes;
  }

  async transaction<T>(work: (transaction: Transaction) => Promise<T>, options: TransactionOptions = {}): Promise<T> {
    return await runTransaction(this.#context, work, options, captureOrigin());
  }

  async begin(options: BeginOptions = {}): Promise<OpenTransaction> {
    return await beginTransaction(this.#context, options, { signal: signalOf(options), origin: captureOrigin() });
  }

  /** `repeatable`: when the server answers that it rolled back, nothing of it took place. */
  async #perform<T>(
    sql: string,
    options: RunOptions | undefined,
    repeatable: boolean,
    action: (connection: Connection) => Promise<T>,
  ): Promise<T> {
    let isSent = false;
    const isIdempotent = this.#isIdempotent(options);
    const classify = (error: unknown): Retry => {
      const kind = retryOfCause(error);
      if (!isSent || isIdempotent) return kind;
      return kind === 'transaction' && repeatable ? kind : 'never';
    };
    return await retry({ settings: this.#context.retries, signal: options?.signal, classify }, async () => {
      isSent = false;
      const checkout =
        this.#source(options).take() ?? (await this.#source(options).acquire({ signal: options?.signal }));
      isSent = true;
      return await this.#runOn(checkout, sql, options, action);
    });
  }

  async #runOn<T>(
    checkout: Checkout,
    sql: string,
    options: RunOptions | undefined,
    action: (connection: Connection) => Promise<T>,
  ): Promise<T> {
    let isSuspect = false;
    try {
      const bounds = this.#boundsOf(options);
      if (bounds === undefined && !queryChannel.hasSubscribers) return await action(checkout.connection);
      const onInterrupt = (): void => {
        isSuspect = true;
      };
      return await observed(this.#context.source, sql, async () => {
        return await this.#bounded(checkout.connection, bounds ?? {}, onInterrupt, action);
      });
    } catch (error) {
      throw this.#failed(error);
    } finally {
      this.#giveBack(checkout, isSuspect);
    }
  }

  async #bounded<T>(
    connection: Connection,
    bounds: Bounds,
    onInterrupt: () => void,
    action: (connection: Connection) => Promise<T>,
  ): Promise<T> {
    try {
      return await interruptible(connection, bounds, onInterrupt, action);
    } catch (error) {
      throw this.#failed(error);
    }
  }

  async #checkOutAgain(options: RunOptions, origin: Error): Promise<Checkout> {
    const { retries } = this.#context;
    return await retry({ settings: retries, signal: options.signal, classify: retryOfCause }, async () => {
      return await this.#source(options).acquire({ signal: options.signal, origin });
    });
  }

  #giveBack(checkout: Checkout, isSuspect: boolean): void {
    if (isSuspect && !this.#context.inMemory) checkout.discard();
    else checkout.release();
  }

  #source(options: RunOptions | undefined): ConnectionSource {
    return this.#isIdempotent(options) ? this.#context.readers : this.#context.writers;
  }

  #isIdempotent(options: RunOptions | undefined): boolean {
    return this.#context.readOnly || options?.idempotent === true;
  }

  #boundsOf(options: RunOptions | undefined): Bounds | undefined {
    const timeoutMs = options?.timeoutMs ?? this.#context.statementTimeoutMs;
    return timeoutMs === undefined && options?.signal === undefined
      ? undefined
      : { signal: options?.signal, timeoutMs };
  }

  #failed(error: unknown): RowhouseError {
    const failure = translated(this.#context, error, 'statement');
    if (retryOf(failure.code) === 'connect') this.#suspectOthers();
    return failure;
  }

  #suspectOthers(): void {
    this.#context.readers.suspect();
    this.#context.writers.suspect();
  }
}
