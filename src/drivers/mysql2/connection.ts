import { busyStreaming } from '../../driver/busy-streaming.ts';
import type {
  Connection,
  Result,
  Statement,
  StreamOptions,
  WriteAndLook,
  WrittenAndFound,
} from '../../driver/connection.ts';
import { firstKeyword } from '../../driver/first-keyword.ts';
import { LossListener } from '../../driver/loss-listener.ts';
import { RowSet } from '../../driver/row-set.ts';
import { Flight, type Outcome, type Prepared, type Sent } from './flight.ts';
import { controlPackets, flightFrom, type Step } from './flight-plan.ts';
import { KeptStatements } from './kept-statements.ts';
import { JointLanding, SingleLanding, type Ground, type Landing } from './landing.ts';
import type { MysqlClient } from './library.ts';
import { setMultiStatements } from './multi-statements.ts';
import { executePacket } from './protocol/command-packets.ts';
import { rowsPacket, TypedRows } from './protocol/rows-packet.ts';
import { toResult } from './result.ts';
import { RowCursor } from './row-cursor.ts';
import { isStale, isUnpreparable, lineEnded, wrongValueCount } from './statement-error.ts';

export interface MysqlConnectionOptions {
  readonly serverVersion: string;
  readonly sessionId: string;
  /** Statements may be sent before the one before is answered. */
  readonly pipeline: boolean;
  /** The server takes many rows for one prepared insert. */
  readonly takesRows: boolean;
  /** Stops what this session is running. */
  readonly cancel: () => Promise<void>;
}

const noValues: readonly unknown[] = [];

const begin: Step = [{ sql: 'start transaction' }, noValues];
const commit: Step = [{ sql: 'commit' }, noValues];
const rollback: Step = [{ sql: 'rollback' }, noValues];

/** How long a goodbye may take before the line is dropped. */
const goodbyeMs = 1_000;

/**
 * A connection of the package `mysql2`, to MySQL or MariaDB. Raw cells: number for whole numbers up to 32 bits and for
 * floats (a 32-bit one as its shortest decimal); string for bigint, decimal, date, time, datetime, text, enum, json;
 * Buffer for binary types and bits; a list of numbers for a vector; null.
 * Values: string, number, bigint, boolean, null, bytes. Dates and times are strings in both directions.
 */
export class MysqlConnection implements Connection {
  readonly serverVersion: string;
  readonly sessionId: string;
  readonly #client: MysqlClient;
  readonly #statements: KeptStatements;
  readonly #cancel: () => Promise<void>;
  readonly #pipeline: boolean;
  readonly #takesRows: boolean;
  readonly #loss = new LossListener();
  readonly #ground: Ground = {
    landed: (lost) => this.#landed(lost),
    runAgain: async (statement, values) => await this.#runAgain(statement, values),
  };
  #running = 0;
  #cursor: RowCursor | undefined;
  #closed = false;
  #cancelling: Promise<void> | undefined;

  constructor(client: MysqlClient, options: MysqlConnectionOptions) {
    this.#client = client;
    this.#statements = new KeptStatements(client);
    this.#cancel = options.cancel;
    this.#pipeline = options.pipeline;
    this.#takesRows = options.takesRows;
    this.serverVersion = options.serverVersion;
    this.sessionId = options.sessionId;
    client.on('error', (error) => this.#lose(error));
    client.stream.on('close', () => this.#lose(lineEnded()));
  }

  get broken(): boolean {
    return this.#closed || this.#loss.error !== undefined;
  }

  /** What is kept prepared or fixed text goes at once, with one promise: the lane of nearly all. */
  run(statement: Statement, values: readonly unknown[]): Promise<Result> {
    const [first] = values;
    if (first instanceof RowSet) return this.#runRows(statement, first);
    if (!this.#isReady) return this.#runNew(statement, values);
    const control = values.length === 0 ? controlPackets.get(statement.sql) : undefined;
    if (control !== undefined) return this.#runOne({ packet: control, prepared: undefined });
    const prepared = this.#statements.get(statement.sql);
    return prepared === undefined ? this.#runNew(statement, values) : this.#runKept(statement, prepared, values);
  }

  async runAll(steps: readonly Step[]): Promise<readonly Result[]> {
    const results: Result[] = [];
    if (!this.#pipeline) {
      for (const [statement, values] of steps) results.push(await this.run(statement, values));
      return results;
    }
    while (results.length < steps.length) {
      const together = flightFrom(steps, results.length);
      const [[statement, values]] = together;
      if (together.length === 1) results.push(await this.run(statement, values));
      else results.push(...(await this.#runTogether(together)));
    }
    return results;
  }

  /**
   * The server runs each command though an earlier one failed: a write whose transaction did not begin does nothing, and a
   * commit behind a write that failed commits nothing.
   */
  async writeAndLook({ write, look }: WriteAndLook): Promise<WrittenAndFound | undefined> {
    if (!this.#pipeline) return undefined;
    if (!this.#isReady) await this.#ready();
    const [begun, written, found, ended] = await this.#runMany(await this.#sentOf([begin, write, look, commit]));
    if (isStale(written)) this.#statements.forget(write[0].sql);
    if (isStale(found)) this.#statements.forget(look[0].sql);
    if (ended instanceof Error) await this.run(...rollback).catch(() => this.destroy());
    const failure = failureOf(begun) ?? failureOf(written) ?? failureOf(ended);
    if (failure === undefined) return { written: written as Result, found: found instanceof Error ? undefined : found };
    if (isStale(failure)) return undefined;
    throw failure;
  }

  async script(sql: string): Promise<void> {
    await this.#ready();
    await this.#busy(async () => await setMultiStatements(this.#client, true));
    try {
      await this.#query(sql);
    } finally {
      if (!this.broken) await this.#busy(async () => await setMultiStatements(this.#client, false));
    }
  }

  async *stream(
    { sql }: Statement,
    values: readonly unknown[],
    { batchRows }: StreamOptions,
  ): AsyncGenerator<Result['rows'], void, undefined> {
    await this.#ready();
    const kept = this.#statements.get(sql);
    const prepared = kept ?? (await this.#prepare(sql, false));
    const cursor = new RowCursor(this.#client, batchRows);
    const sent = execution(prepared, values);
    this.#cursor = cursor;
    const landing: Landing = {
      land: (lost, [outcome]) => {
        this.#landed(lost);
        cursor.end(lost ?? failureOf(outcome));
      },
    };
    this.#send([sent], landing, (row) => cursor.take(row));
    try {
      for (;;) {
        const rows = await cursor.batch();
        if (rows.length === 0) return;
        yield rows;
      }
    } finally {
      // Rows that are on their way must be read; a server that has many more is told to stop first.
      if (!cursor.over && !this.broken) await this.cancel().catch(() => undefined);
      await cursor.drain();
      this.#cursor = undefined;
      if (kept === undefined && !this.broken) this.#statements.forget(sql);
    }
  }

  async cancel(): Promise<void> {
    if (this.#running === 0 || this.broken) return;
    this.#cancelling ??= this.#cancel().finally(() => {
      this.#cancelling = undefined;
    });
    await this.#cancelling;
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#loss.mute();
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, goodbyeMs);
    if (this.#loss.error === undefined) this.#client.end(resolve);
    else resolve();
    await promise;
    clearTimeout(timer);
    this.#client.stream.destroy();
  }

  destroy(): void {
    this.#closed = true;
    this.#loss.mute();
    this.#client.stream.destroy();
  }

  onLost(listener: (error: Error) => void): void {
    this.#loss.listen(listener);
  }

  #runKept(statement: Statement, prepared: Prepared, values: readonly unknown[]): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.#send([execution(prepared, values)], new SingleLanding(this.#ground, statement, values, resolve, reject));
    });
  }

  /** A bulk insert: its rows as they are, or the text of them. */
  async #runRows(statement: Statement, set: RowSet): Promise<Result> {
    const typed = this.#takesRows ? TypedRows.of(set.rows) : undefined;
    if (typed === undefined) return await this.run(statement, [set.text]);
    const sql = set.insert.sql + statement.sql.slice(set.insert.insteadOf);
    return await this.#runNew({ sql, name: statement.name }, [typed]);
  }

  async #runNew(statement: Statement, values: readonly unknown[]): Promise<Result> {
    await this.#ready();
    const { sql, name } = statement;
    if (name === undefined && values.length === 0 && !givingRows.has(firstKeyword(sql))) return await this.#query(sql);
    try {
      return await this.#runPrepared(statement, values);
    } catch (error) {
      if (isUnpreparable(error) && values.length === 0) return await this.#query(sql);
      if (!isStale(error)) throw error;
      return await this.#runAgain(statement, values);
    }
  }

  /** The server refused what it had prepared before it ran, in a transaction too. */
  async #runAgain(statement: Statement, values: readonly unknown[]): Promise<Result> {
    this.#statements.forget(statement.sql);
    return await this.#runPrepared(statement, values);
  }

  async #runPrepared({ sql, name }: Statement, values: readonly unknown[]): Promise<Result> {
    const kept = this.#statements.get(sql);
    const prepared = kept ?? (await this.#prepare(sql, name !== undefined));
    try {
      return await this.#runOne(execution(prepared, values));
    } finally {
      if (kept === undefined && name === undefined && !this.broken) this.#statements.forget(sql);
    }
  }

  async #prepare(sql: string, keep: boolean): Promise<Prepared> {
    return await this.#busy(async () => await this.#statements.prepare(sql, keep));
  }

  /** What they gave, up to the first that the server had forgotten: what followed it was sent for nothing and runs again. */
  async #runTogether(steps: readonly Step[]): Promise<readonly Result[]> {
    if (!this.#isReady) await this.#ready();
    const outcomes = await this.#runMany(await this.#sentOf(steps));
    for (const [place, step] of steps.entries()) {
      const failure = failureOf(outcomes[place]);
      if (failure === undefined) continue;
      if (!isStale(failure)) throw failure;
      return [...(outcomes.slice(0, place) as readonly Result[]), await this.#runAgain(...step)];
    }
    return outcomes as readonly Result[];
  }

  async #sentOf(steps: readonly Step[]): Promise<readonly Sent[]> {
    const sent: Sent[] = [];
    for (const [{ sql }, values] of steps) {
      const packet = controlPackets.get(sql);
      if (packet !== undefined) sent.push({ packet, prepared: undefined });
      else sent.push(execution(this.#statements.get(sql) ?? (await this.#prepare(sql, true)), values));
    }
    return sent;
  }

  #runOne(sent: Sent): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.#send([sent], new SingleLanding(this.#ground, undefined, noValues, resolve, reject));
    });
  }

  #runMany(sent: readonly Sent[]): Promise<readonly Outcome[]> {
    return new Promise((resolve, reject) => {
      this.#send(sent, new JointLanding(this.#ground, resolve, reject));
    });
  }

  #send(sent: readonly Sent[], landing: Landing, onRow?: (row: unknown[]) => void): void {
    this.#running++;
    this.#client.addCommand(new Flight(sent, landing, onRow));
  }

  #landed(lost: Error | null): void {
    if (lost !== null) this.#lose(lost);
    this.#running--;
  }

  /** Text by the library's own way, for what it may answer with: rows of any kind. */
  async #query(sql: string): Promise<Result> {
    return await this.#busy(async () => {
      const { promise, resolve, reject } = Promise.withResolvers<Result>();
      this.#client.query({ sql }, (error, answer, fields) =>
        error === null ? resolve(toResult(sql, answer, fields)) : reject(error),
      );
      return await promise;
    });
  }

  async #busy<T>(work: () => Promise<T>): Promise<T> {
    this.#running++;
    try {
      return await work();
    } catch (error) {
      if (error instanceof Error && 'fatal' in error && error.fatal === true) this.#lose(error);
      throw error;
    } finally {
      this.#running--;
    }
  }

  get #isReady(): boolean {
    return this.#cancelling === undefined && this.#loss.error === undefined && this.#cursor === undefined;
  }

  /** Waits for a cancel that is under way, lest it hits the next statement. */
  async #ready(): Promise<void> {
    if (this.#cancelling !== undefined) await this.#cancelling.catch(() => undefined);
    if (this.#loss.error !== undefined) throw this.#loss.error;
    if (this.#cursor !== undefined) throw busyStreaming();
  }

  #lose(error: Error): void {
    this.#loss.lose(error, this.#running === 0);
    this.#cursor?.end(error);
  }
}

/** Statements that may give rows go through the binary protocol, in which a float keeps all of its digits. */
const givingRows: ReadonlySet<string> = new Set('select with values table insert replace update delete'.split(' '));

/** The server ignores values that have no placeholder, so they are counted here. */
function execution(prepared: Prepared, values: readonly unknown[]): Sent {
  const [first] = values;
  if (first instanceof TypedRows && first.types.length === prepared.parameterCount)
    return { packet: rowsPacket(prepared.id, first), prepared };
  if (prepared.parameterCount !== values.length) throw wrongValueCount(prepared.parameterCount, values.length);
  return { packet: executePacket(prepared.id, values), prepared };
}

function failureOf(outcome: Outcome | undefined): Error | undefined {
  return outcome instanceof Error ? outcome : undefined;
}
