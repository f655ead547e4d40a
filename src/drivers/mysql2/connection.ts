import { busyStreaming } from '../../driver/busy-streaming.ts';
import type { Connection, Result, Statement, StreamOptions } from '../../driver/connection.ts';
import { firstKeyword } from '../../driver/first-keyword.ts';
import { LossListener } from '../../driver/loss-listener.ts';
import type { MysqlCallback, MysqlClient, MysqlLibrary } from './library.ts';
import { setMultiStatements } from './multi-statements.ts';
import { prepare } from './prepare.ts';
import { toResult } from './result.ts';
import { RowCursor } from './row-cursor.ts';
import { wireValues } from './wire-value.ts';

export interface MysqlConnectionOptions {
  readonly serverVersion: string;
  readonly sessionId: string;
  /** Stops what this session is running. */
  readonly cancel: () => Promise<void>;
}

/** How long a goodbye may take before the line is dropped. */
const goodbyeMs = 1_000;

/**
 * A connection of the package `mysql2`, to MySQL or MariaDB. Raw cells: number for whole numbers up to 32 bits and for
 * floats (a 32-bit one as its shortest decimal); string for bigint, decimal, date, time, datetime, text, enum, json;
 * Buffer for binary types and bits; a list of numbers for a vector; null.
 * Values: string, number, bigint, boolean, null, bytes. Dates and times are strings in both directions.
 * The protocol has no flights: `runAll` is one round trip a statement.
 */
export class MysqlConnection implements Connection {
  readonly serverVersion: string;
  readonly sessionId: string;
  readonly #library: MysqlLibrary;
  readonly #client: MysqlClient;
  readonly #cancel: () => Promise<void>;
  readonly #loss = new LossListener();
  #running = 0;
  #cursor: RowCursor | undefined;
  #closed = false;
  #cancelling: Promise<void> | undefined;

  constructor(library: MysqlLibrary, client: MysqlClient, options: MysqlConnectionOptions) {
    this.#library = library;
    this.#client = client;
    this.#cancel = options.cancel;
    this.serverVersion = options.serverVersion;
    this.sessionId = options.sessionId;
    client.on('error', (error) => this.#lose(error));
    client.stream.on('close', () => this.#lose(connectionEnded()));
  }

  get broken(): boolean {
    return this.#closed || this.#loss.error !== undefined;
  }

  async run(statement: Statement, values: readonly unknown[]): Promise<Result> {
    await this.#ready();
    const { sql, name } = statement;
    if (name === undefined && values.length === 0 && !givingRows.has(firstKeyword(sql))) return await this.#query(sql);
    try {
      return await this.#execute(sql, name !== undefined, values);
    } catch (error) {
      if (isUnpreparable(error) && values.length === 0) return await this.#query(sql);
      if (!isStale(error)) throw error;
      // The statement was refused before it ran, in a transaction too.
      this.#client.unprepare(sql);
      return await this.#execute(sql, name !== undefined, values);
    }
  }

  async runAll(steps: readonly (readonly [Statement, readonly unknown[]])[]): Promise<readonly Result[]> {
    const results: Result[] = [];
    for (const [statement, values] of steps) results.push(await this.run(statement, values));
    return results;
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
    const wire = wireValues(this.#library.TypedParameter, values);
    const prepared = await this.#busy(async () => await prepare(this.#client, sql, values.length));
    const cursor = new RowCursor(this.#client, prepared.execute(wire), batchRows);
    this.#cursor = cursor;
    this.#running++;
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
      this.#running--;
      this.#cursor = undefined;
      if (!this.broken) this.#client.unprepare(sql);
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

  async #execute(sql: string, keep: boolean, values: readonly unknown[]): Promise<Result> {
    const wire = wireValues(this.#library.TypedParameter, values);
    try {
      const prepared = await this.#busy(async () => await prepare(this.#client, sql, values.length));
      return await this.#answer(sql, (callback) => prepared.execute(wire, callback));
    } finally {
      if (!keep && !this.broken) this.#client.unprepare(sql);
    }
  }

  async #query(sql: string): Promise<Result> {
    return await this.#answer(sql, (callback) => this.#client.query({ sql }, callback));
  }

  async #answer(sql: string, start: (callback: MysqlCallback) => void): Promise<Result> {
    return await this.#busy(async () => {
      const { promise, resolve, reject } = Promise.withResolvers<Result>();
      start((error, answer, fields) => (error === null ? resolve(toResult(sql, answer, fields)) : reject(error)));
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

  /** Waits for a cancel that is under way, lest it hits the next statement. */
  async #ready(): Promise<void> {
    if (this.#cancelling !== undefined) await this.#cancelling.catch(() => undefined);
    if (this.#loss.error !== undefined) throw this.#loss.error;
    if (this.#cursor !== undefined) throw busyStreaming();
  }

  #lose(error: Error): void {
    this.#loss.lose(error, this.#running === 0);
    this.#cursor?.fail(error);
  }
}

/** Statements that may give rows go through the binary protocol, in which a float keeps all of its digits. */
const givingRows: ReadonlySet<string> = new Set('select with values table insert replace update delete'.split(' '));

/** "This command is not supported in the prepared statement protocol yet". */
function isUnpreparable(error: unknown): boolean {
  return errnoOf(error) === 1295;
}

/** The server forgot the statement (1243), or its tables changed too often while it was prepared again (1615). */
function isStale(error: unknown): boolean {
  return errnoOf(error) === 1243 || errnoOf(error) === 1615;
}

function errnoOf(error: unknown): unknown {
  return error instanceof Error && 'errno' in error ? error.errno : undefined;
}

function connectionEnded(): Error {
  return Object.assign(new Error('the server closed the connection'), { code: 'PROTOCOL_CONNECTION_LOST' });
}
