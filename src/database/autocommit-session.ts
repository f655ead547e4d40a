import type { Dialect } from '../dialect/dialect.ts';
import type {
  Connection,
  Result,
  Statement,
  StreamOptions,
  WriteAndLook,
  WrittenAndFound,
} from '../driver/connection.ts';
import { captureOrigin } from '../driver/pool/call-site.ts';
import type { Checkout, ConnectionSource } from '../driver/pool/pool.ts';
import { retryOf, type Retry } from '../errors/codes.ts';
import type { RowhouseError } from '../errors/rowhouse-error.ts';
import type { SqlFragment } from '../sql/sql.ts';
import { beginTransaction, signalOf } from './begin-transaction.ts';
import { queryChannel } from './diagnostics.ts';
import { interruptible, interruption, stopStatement, type Bounds } from './interruption.ts';
import { observed, observedRows } from './observed.ts';
import { runFragment, toObjects } from './query.ts';
import { refuseUnknownOptions } from './refuse-unknown-options.ts';
import { retry, retryAfter, retryOfCause, type Retrying } from './retry.ts';
import { runSoon } from './run-now.ts';
import { runTransaction } from './run-transaction.ts';
import type { QueryOptions, RunOptions, Session, StatementWithValues } from './session.ts';
import { translated, type SessionContext } from './session-context.ts';
import { runAllBound, runBound, streamBound } from './tenant/run-bound.ts';
import type { SessionScope } from './tenant/session-scope.ts';
import type { TenantScope } from './tenant/tenant-scope.ts';
import type { BeginOptions, OpenTransaction, Transaction, TransactionOptions } from './transaction.ts';

/** One call on a session, whatever it sends. */
interface Call<T> {
  /** For those who watch. */
  readonly sql: string;
  readonly options: RunOptions | undefined;
  /** When the server answers that it rolled back, nothing of it took place. */
  readonly isRepeatable: boolean;
  readonly action: (connection: Connection) => Promise<T>;
}

/** A session without a transaction: each statement takes a connection, commits on its own and gives it back. */
export class AutocommitSession implements Session {
  readonly dialect: Dialect;
  readonly inTransaction = false;
  readonly #context: SessionContext;

  constructor(context: SessionContext) {
    this.dialect = context.dialect;
    this.#context = context;
  }

  get tenant(): TenantScope | undefined {
    return this.#context.scope?.tenant;
  }

  get allTenants(): string | undefined {
    return this.#context.scope?.allTenants;
  }

  /** The transaction around the running code. A session that only reads takes part too: it must see what is written. */
  get ambient(): Transaction | undefined {
    return this.#context.ambient?.around(this);
  }

  run(statement: Statement, values: readonly unknown[], options?: RunOptions): Promise<Result> {
    return runSoon(this, statement, values, options);
  }

  /** A free connection, no bound and nobody watching: the lane of nearly every call, with as few promises as can be. */
  runNow(statement: Statement, values: readonly unknown[], options?: RunOptions): Result | Promise<Result> {
    const ambient = this.#joined();
    if (ambient !== undefined) return ambient.run(statement, values, options);
    const { scope } = this.#context;
    const checking = scope === undefined ? undefined : this.#check(scope, statement);
    const isFree = checking === undefined && scope?.binding === undefined && this.#isPlain(options);
    const connection = isFree ? this.#source(options).lend?.() : undefined;
    if (connection === undefined) return this.#runLater(checking, statement, values, options);
    try {
      return connection.runNow(statement, values);
    } catch (error) {
      return this.#performAgain(callOf(undefined, statement, values, options), this.#failed(error), true);
    }
  }

  async #runLater(
    checking: Promise<void> | undefined,
    statement: Statement,
    values: readonly unknown[],
    options: RunOptions | undefined,
  ): Promise<Result> {
    if (checking !== undefined) await checking;
    const binding = this.#context.scope?.binding;
    if (queryChannel.hasSubscribers) return await this.#perform(callOf(binding, statement, values, options));
    const source = this.#source(options);
    let checkout: Checkout | undefined;
    let isSuspect = false;
    let failure: unknown;
    try {
      checkout = source.take() ?? (await source.acquire({ signal: options?.signal }));
      const { connection } = checkout;
      if (this.#isPlain(options)) return await runStep(connection, binding, statement, values);
      const onInterrupt = (): void => {
        isSuspect = true;
      };
      const action = (on: Connection): Promise<Result> => runStep(on, binding, statement, values);
      return await interruptible(connection, this.#boundsOf(options), onInterrupt, action);
    } catch (error) {
      failure = checkout === undefined ? error : this.#failed(error);
    } finally {
      if (checkout !== undefined) this.#giveBack(checkout, isSuspect);
    }
    return await this.#performAgain(callOf(binding, statement, values, options), failure, checkout !== undefined);
  }

  async runAll(statements: readonly StatementWithValues[], options?: RunOptions): Promise<readonly Result[]> {
    refuseUnknownOptions(options, 'a statement');
    const ambient = this.#joined();
    if (ambient !== undefined) return await ambient.runAll(statements, options);
    const sql = statements.map(([statement]) => statement.sql).join('; ');
    const { scope } = this.#context;
    if (scope !== undefined) for (const [statement] of statements) await this.#check(scope, statement);
    const binding = scope?.binding;
    const action = async (connection: Connection): Promise<readonly Result[]> =>
      binding === undefined ? await connection.runAll(statements) : await runAllBound(connection, binding, statements);
    return await this.#perform({ sql, options, isRepeatable: false, action });
  }

  async writeAndLook(steps: WriteAndLook): Promise<WrittenAndFound | undefined> {
    const { scope, isPinned } = this.#context;
    // On a pinned connection a transaction may be open that was begun by hand.
    if (this.#joined() !== undefined || isPinned === true || !this.#isPlain(undefined)) return undefined;
    if (scope?.binding !== undefined) return undefined;
    if (scope !== undefined) for (const [statement] of [steps.write, steps.look]) await this.#check(scope, statement);
    const action = async (connection: Connection): Promise<WrittenAndFound | undefined> =>
      await connection.writeAndLook?.(steps);
    return await this.#perform({ sql: steps.write[0].sql, options: undefined, isRepeatable: true, action });
  }

  async *stream(
    statement: Statement,
    values: readonly unknown[],
    options: RunOptions & Partial<StreamOptions> = {},
  ): AsyncIterable<Result['rows']> {
    refuseUnknownOptions(options, 'a stream');
    const ambient = this.#joined();
    if (ambient !== undefined) {
      yield* ambient.stream(statement, values, options);
      return;
    }
    const { batchRows = 1000, signal } = options;
    const { scope } = this.#context;
    if (scope !== undefined) await this.#check(scope, statement);
    const checkout = await this.#checkOutAgain(options, captureOrigin());
    let lastResort: NodeJS.Timeout | undefined;
    const onAbort = (): void => {
      lastResort = stopStatement(checkout.connection);
    };
    signal?.addEventListener('abort', onAbort);
    try {
      const { connection } = checkout;
      const batches = streamBound(connection, scope?.binding, [statement, values], { batchRows });
      const { source } = this.#context;
      for await (const rows of observedRows({ source, connection, sql: statement.sql }, batches)) {
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
    const ambient = this.#joined();
    if (ambient !== undefined) return await ambient.transaction(work, this.#joining(options));
    const origin = options.brief === true ? undefined : captureOrigin();
    return await runTransaction(this.#context, work, options, origin);
  }

  async begin(options: BeginOptions = {}): Promise<OpenTransaction> {
    return await beginTransaction(this.#context, options, { signal: signalOf(options), origin: captureOrigin() });
  }

  /** Like `ambient`; a call inside a transaction that the session cannot take part in is refused. */
  #joined(): Transaction | undefined {
    const { ambient } = this;
    if (ambient === undefined) this.#context.ambient?.refuseBeside(this);
    return ambient;
  }

  /** That a session only reads is no other mode than that of the transaction around it. */
  #joining(options: TransactionOptions): TransactionOptions {
    return this.#context.readOnly ? { ...options, readOnly: undefined } : options;
  }

  /** Undefined for a statement that needs no question: nothing is waited for then. */
  #check(scope: SessionScope, statement: Statement): Promise<void> | undefined {
    return scope.check(statement, async (question) => {
      return await this.#perform(callOf(undefined, question, [], { idempotent: true }));
    });
  }

  async #perform<T>(call: Call<T>): Promise<T> {
    const { retrying, attempt } = this.#attemptsOf(call, false);
    return await retry(retrying, attempt);
  }

  /** What is left of a call whose first attempt failed. */
  async #performAgain<T>(call: Call<T>, failure: unknown, wasSent: boolean): Promise<T> {
    const { retrying, attempt } = this.#attemptsOf(call, wasSent);
    return await retryAfter(failure, retrying, attempt);
  }

  #attemptsOf<T>(call: Call<T>, wasSent: boolean): { retrying: Retrying; attempt: () => Promise<T> } {
    const { options } = call;
    let isSent = wasSent;
    const isIdempotent = this.#isIdempotent(options);
    let steady = false;
    const classify = (error: unknown): Retry => {
      const kind = retryOfCause(error);
      steady ||= kind === 'transaction';
      if (!isSent || isIdempotent) return kind;
      return kind === 'transaction' && call.isRepeatable ? kind : 'never';
    };
    const attempt = async (): Promise<T> => {
      isSent = false;
      const source = this.#source(options);
      const taken = steady ? undefined : source.take();
      const checkout = taken ?? (await source.acquire({ signal: options?.signal, steady }));
      isSent = true;
      return await this.#runOn(checkout, call);
    };
    return { retrying: { settings: this.#context.retries, signal: options?.signal, classify }, attempt };
  }

  async #runOn<T>(checkout: Checkout, { sql, options, action }: Call<T>): Promise<T> {
    let isSuspect = false;
    try {
      if (this.#isPlain(options)) return await action(checkout.connection);
      const onInterrupt = (): void => {
        isSuspect = true;
      };
      const { connection } = checkout;
      return await observed({ source: this.#context.source, connection, sql }, async () => {
        return await this.#bounded(connection, this.#boundsOf(options), onInterrupt, action);
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

  /** Nothing bounds the statement and nobody watches it. */
  #isPlain(options: RunOptions | undefined): boolean {
    if (queryChannel.hasSubscribers || this.#context.statementTimeoutMs !== undefined) return false;
    return options === undefined || (options.signal === undefined && options.timeoutMs === undefined);
  }

  #boundsOf(options: RunOptions | undefined): Bounds {
    return { signal: options?.signal, timeoutMs: options?.timeoutMs ?? this.#context.statementTimeoutMs };
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

function callOf(
  binding: StatementWithValues | undefined,
  statement: Statement,
  values: readonly unknown[],
  options: RunOptions | undefined,
): Call<Result> {
  const action = (connection: Connection): Promise<Result> => runStep(connection, binding, statement, values);
  return { sql: statement.sql, options, isRepeatable: true, action };
}

function runStep(
  connection: Connection,
  binding: StatementWithValues | undefined,
  statement: Statement,
  values: readonly unknown[],
): Promise<Result> {
  return binding === undefined ? connection.run(statement, values) : runBound(connection, binding, statement, values);
}
