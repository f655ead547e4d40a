import type { TransactionMode } from '../dialect/session-statements.ts';
import { isLocal, type Connection, type Result, type Statement } from '../driver/connection.ts';
import { keptWithin } from '../driver/pool/kept-within.ts';
import type { Checkout } from '../driver/pool/pool.ts';
import { retryOf } from '../errors/codes.ts';
import { RowhouseError } from '../errors/rowhouse-error.ts';
import { CommitNumber } from './commit-number.ts';
import { resolveCommit } from './commit-outcome.ts';
import { queryChannel } from './diagnostics.ts';
import { interruptible, interruption, stopStatement } from './interruption.ts';
import { observed, observedRows, type Observation } from './observed.ts';
import type { RunOptions, StatementWithValues } from './session.ts';
import { plainStatement, translated, type SessionContext } from './session-context.ts';
import { control, runControl } from './transaction-control.ts';
import { busyTransaction, closedTransaction, failedTransaction } from './transaction-errors.ts';
import { Turns } from './turns.ts';

/** A rollback that is not answered in this time is left to the server, which rolls back when the line is dropped. */
const rollbackMs = 5000;

const noResult: Result = { rows: [], fields: [], changes: 0 };

/**
 * One transaction on one connection: gives its statements their turn, and lets none run after a failure, an interruption
 * or the end. The sessions of nested transactions share it; only the innermost may speak.
 */
export class TransactionLine {
  readonly context: SessionContext;
  readonly mode: TransactionMode;
  /** The session whose statements may run now. */
  innermost: object | undefined;

  readonly #checkout: Checkout;
  readonly #connection: Connection;
  readonly #turns = new Turns();
  readonly #number: CommitNumber;
  #unwatch: (() => void) | undefined;
  #failure: RowhouseError | undefined;
  #isOver = false;
  #isInterrupted = false;
  #isStreaming = false;
  /** A request to stop is under way and may arrive late: nobody else gets this connection. */
  #isSuspect = false;
  #lastResort: NodeJS.Timeout | undefined;
  /** The beginning, while it waits for the first statement. */
  #opening: readonly StatementWithValues[];

  /** On a connection where it has begun, or with the `opening` that goes before its first statement. */
  constructor(
    context: SessionContext,
    checkout: Checkout,
    mode: TransactionMode,
    signal: AbortSignal | undefined,
    opening: readonly StatementWithValues[],
  ) {
    this.context = context;
    this.mode = mode;
    this.#checkout = checkout;
    this.#connection = checkout.connection;
    this.#number = new CommitNumber(context.dialect.sessions.commitOutcome, mode);
    this.#opening = opening;
    if (signal !== undefined) this.#watch(signal);
  }

  /** Why nothing more runs in this transaction, unless a savepoint takes it back. */
  get failure(): RowhouseError | undefined {
    return this.#failure;
  }

  /** Like `run`, without a promise where the engine is in this process and nothing has to be waited for. */
  runNow(
    session: object,
    statement: Statement,
    values: readonly unknown[],
    options: RunOptions | undefined,
  ): Result | Promise<Result> {
    const connection = this.#connection;
    if (!isLocal(connection) || this.#opening.length > 0 || !isPlain(options) || !this.#tryEnter(session)) {
      return this.run(session, statement, values, options);
    }
    try {
      return connection.runNow(statement, values);
    } catch (error) {
      throw this.#failed(error);
    } finally {
      this.#leave();
    }
  }

  async run(
    session: object,
    statement: Statement,
    values: readonly unknown[],
    options: RunOptions | undefined,
  ): Promise<Result> {
    if (options?.idempotent === true || this.#number.open === undefined) {
      return await this.#perform(session, statement.sql, options, (connection) =>
        this.#opening.length === 0
          ? connection.run(statement, values)
          : this.#runBegun([[statement, values]]).then(([result]) => result ?? noResult),
      );
    }
    const [result] = await this.runAll(session, [[statement, values]], options);
    return result ?? noResult;
  }

  async runAll(
    session: object,
    statements: readonly StatementWithValues[],
    options: RunOptions | undefined,
  ): Promise<readonly Result[]> {
    const sql = statements.map(([statement]) => statement.sql).join('; ');
    return await this.#perform(session, sql, options, () => {
      const question = options?.idempotent === true ? undefined : this.#number.open;
      return question === undefined ? this.#runBegun(statements) : this.#runNumbered(statements, question);
    });
  }

  async #runNumbered(statements: readonly StatementWithValues[], question: Statement): Promise<readonly Result[]> {
    const results = await this.#runBegun([...statements, [question, []]]);
    this.#number.learn(results.at(-1));
    return results.slice(0, -1);
  }

  async *stream(
    session: object,
    statement: Statement,
    values: readonly unknown[],
    options: RunOptions & { readonly batchRows: number },
  ): AsyncIterable<Result['rows']> {
    if (!this.#tryEnter(session)) await this.#waitForTurn(session);
    this.#isStreaming = true;
    if (options.idempotent !== true) this.#number.markStale();
    try {
      if (this.#opening.length > 0) await this.#runBegun([]);
      const batches = this.#connection.stream(statement, values, options);
      for await (const rows of observedRows(this.#observation(statement.sql), batches)) {
        yield rows;
        if (this.#failure !== undefined) throw this.#failure;
      }
    } catch (error) {
      throw this.#failed(error);
    } finally {
      this.#isStreaming = false;
      this.#leave();
    }
  }

  /** Undoes what ran since the savepoint; then statements may run again, if the failure left the transaction alive. */
  async rollBackTo(savepoint: string): Promise<void> {
    if (this.#isOver || this.#isSuspect || this.#isInterrupted || this.#connection.broken) return;
    await this.#turns.enter();
    try {
      const statements = control([`rollback to savepoint ${savepoint}`, `release savepoint ${savepoint}`]);
      await runControl(this.#connection, statements);
      this.#failure = undefined;
    } catch (error) {
      // The server has ended the transaction by itself: what failed first is what the caller needs to know.
      this.#failed(error);
    } finally {
      this.#leave();
    }
  }

  /** Undefined: it is committed, as the engine is in this process. */
  commit(session: object): Promise<void> | undefined {
    if (!this.#tryEnter(session)) return this.#waitForTurn(session).then(async () => await this.#commitInTurn());
    return this.#commitInTurn();
  }

  /** Never throws: what cannot be rolled back is dropped, and the server rolls back. */
  async rollback(): Promise<void> {
    if (this.#isOver) return;
    this.#close();
    const turn = this.#turns.enter();
    if (this.#isStreaming || !(await keptWithin(rollbackMs + 1000, turn))) this.#connection.destroy();
    await this.#sendRollback();
    void turn.then(() => this.#leave());
  }

  async #perform<T>(
    session: object,
    sql: string,
    options: RunOptions | undefined,
    action: (connection: Connection) => Promise<T>,
  ): Promise<T> {
    if (!this.#tryEnter(session)) await this.#waitForTurn(session);
    try {
      if (isPlain(options)) return await action(this.#connection);
      return await observed(this.#observation(sql), async () => await this.#bounded(options ?? {}, action));
    } catch (error) {
      throw this.#failed(error);
    } finally {
      this.#leave();
    }
  }

  /** Runs statements, behind the beginning of the transaction where that has waited for them. */
  #runBegun(statements: readonly StatementWithValues[]): Promise<readonly Result[]> {
    const opening = this.#opening;
    if (opening.length === 0) return this.#connection.runAll(statements);
    this.#opening = [];
    return this.#connection.runAll([...opening, ...statements]).then((results) => results.slice(opening.length));
  }

  #observation(sql: string): Observation {
    return { source: this.context.source, connection: this.#connection, sql };
  }

  async #bounded<T>(options: RunOptions, action: (connection: Connection) => Promise<T>): Promise<T> {
    const onInterrupt = (): void => {
      this.#isSuspect = true;
    };
    try {
      return await interruptible(this.#connection, options, onInterrupt, action);
    } catch (error) {
      throw this.#failed(error);
    }
  }

  #tryEnter(session: object): boolean {
    this.#refuse(session);
    return this.#turns.tryEnter();
  }

  async #waitForTurn(session: object): Promise<void> {
    await this.#turns.enter();
    try {
      this.#refuse(session);
    } catch (error) {
      this.#leave();
      throw error;
    }
  }

  #leave(): void {
    clearTimeout(this.#lastResort);
    this.#turns.leave();
  }

  #refuse(session: object): void {
    if (this.#isInterrupted && this.#failure !== undefined) throw this.#failure;
    if (this.#isOver) throw closedTransaction();
    if (this.innermost !== session)
      throw busyTransaction('a nested transaction is open, and only its statements may run');
    if (this.#failure !== undefined) throw failedTransaction(this.#failure);
    if (this.#isStreaming) throw busyTransaction('rows are being streamed in this transaction');
  }

  #failed(error: unknown): RowhouseError {
    const failure = translated(this.context, error, 'statement');
    if (this.#isInterrupted && this.#failure !== undefined) return this.#failure;
    this.#failure ??= failure;
    if (retryOf(failure.code) === 'connect') this.context.writers.suspect();
    return failure;
  }

  #watch(signal: AbortSignal): void {
    const onAbort = (): void => this.#interrupt(interruption(signal.reason));
    this.#unwatch = (): void => signal.removeEventListener('abort', onAbort);
    signal.addEventListener('abort', onAbort);
    if (signal.aborted) onAbort();
  }

  #interrupt(error: RowhouseError): void {
    if (this.#isOver) return;
    this.#failure = error;
    this.#isInterrupted = true;
    if (!this.#turns.isTaken) return;
    this.#isSuspect = true;
    this.#lastResort = stopStatement(this.#connection);
  }

  #commitInTurn(): Promise<void> | undefined {
    this.#close();
    const connection = this.#connection;
    if (!isLocal(connection) || this.#opening.length > 0 || this.#number.overdue !== undefined)
      return this.#commitAnswered();
    try {
      connection.runNow(plainStatement('commit'), []);
    } catch (error) {
      return this.#commitFailed(error).finally(() => this.#leave());
    }
    const ending = this.#finish();
    if (ending !== undefined) return ending.finally(() => this.#leave());
    this.#leave();
    return undefined;
  }

  async #commitAnswered(): Promise<void> {
    try {
      const question = this.#number.overdue;
      if (question !== undefined) await this.#askNumber(question);
      await this.#sendCommit();
    } finally {
      this.#leave();
    }
  }

  async #askNumber(question: Statement): Promise<void> {
    try {
      this.#number.learn(await this.#connection.run(question, []));
    } catch (error) {
      await this.#sendRollback();
      throw translated(this.context, error, 'statement');
    }
  }

  async #sendCommit(): Promise<void> {
    if (this.#opening.length === 0) {
      try {
        await this.#answerInTime('commit', this.context.commitTimeoutMs);
      } catch (error) {
        return await this.#commitFailed(error);
      }
    }
    await this.#finish();
  }

  async #commitFailed(error: unknown): Promise<void> {
    const failure = translated(this.context, error, 'commit');
    if (!this.#connection.broken && isCertain(failure)) {
      await this.#sendRollback();
      throw failure;
    }
    this.#giveUp();
    this.context.writers.suspect();
    await resolveCommit(this.context, this.#number.known, failure);
  }

  async #sendRollback(): Promise<void> {
    try {
      if (!this.#connection.broken && this.#opening.length === 0) await this.#answerInTime('rollback', rollbackMs);
      await this.#finish();
    } catch {
      this.#giveUp();
    }
  }

  /** Undefined: it has come already. */
  #answerInTime(sql: 'commit' | 'rollback', ms: number): Promise<void> | undefined {
    const statement = plainStatement(sql);
    if (!isLocal(this.#connection)) return this.#keptInTime(sql, ms, this.#connection.run(statement, []));
    this.#connection.runNow(statement, []);
    return undefined;
  }

  async #keptInTime(sql: string, ms: number, answer: Promise<Result>): Promise<void> {
    if (await keptWithin(ms, answer)) return;
    this.#connection.destroy();
    throw new RowhouseError('CONNECTION_LOST', `the answer to ${sql} did not come in time`);
  }

  #close(): void {
    this.#isOver = true;
    this.#unwatch?.();
  }

  /** After commit or rollback: the session becomes what it was, and the connection goes back. Undefined: it is back. */
  #finish(): Promise<void> | undefined {
    if (this.#connection.broken || (this.#isSuspect && this.context.dialect.traits.cancellation)) {
      this.#giveUp();
      return undefined;
    }
    const statements = this.context.dialect.sessions.afterEnd(this.mode);
    if (statements.length > 0) return this.#becomeAsBefore(control(statements));
    this.#checkout.release();
    return undefined;
  }

  async #becomeAsBefore(statements: readonly StatementWithValues[]): Promise<void> {
    try {
      await runControl(this.#connection, statements);
      this.#checkout.release();
    } catch {
      this.#giveUp();
    }
  }

  #giveUp(): void {
    if (this.context.inMemory) this.#checkout.release();
    else this.#checkout.discard();
  }
}

/** Nothing bounds the statement and nobody watches it. */
function isPlain(options: RunOptions | undefined): boolean {
  if (queryChannel.hasSubscribers) return false;
  return options === undefined || (options.signal === undefined && options.timeoutMs === undefined);
}

/** The server itself has said that the commit failed. */
function isCertain(failure: RowhouseError): boolean {
  return failure.code !== 'COMMIT_OUTCOME_UNKNOWN' && retryOf(failure.code) !== 'connect';
}
