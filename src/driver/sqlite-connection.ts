import { setImmediate as nextTurn } from 'node:timers/promises';
import { busyStreaming } from './busy-streaming.ts';
import { firstKeyword } from './first-keyword.ts';
import type { Connection, Result, Statement, StreamOptions } from './connection.ts';

/** A database of one SQLite library, as far as both libraries can do the same. */
export interface SqliteDatabase {
  prepare(statement: Statement): SqliteStatement;
  exec(sql: string): void;
  /** Adds a function without arguments to the SQL of statements, but not to that of triggers and views. */
  define(name: string, body: () => number): void;
  close(): void;
  /** The library's error with `errcode`, SQLite's extended result code. */
  translate(error: unknown): unknown;
}

/** A prepared statement that gives its rows as lists of raw cells. */
export interface SqliteStatement {
  /** Present when it gives rows, if only possibly none. */
  readonly fields: readonly string[] | undefined;
  /** Its rows, their columns, and how many rows it changed. */
  all(values: readonly unknown[]): Result;
  run(values: readonly unknown[]): { readonly changes: number; readonly lastId: bigint };
  iterate(values: readonly unknown[]): Iterator<readonly unknown[]>;
}

interface Kept {
  readonly statement: SqliteStatement;
  readonly writes: boolean;
  readonly inserts: boolean;
}

const noRows: Result['rows'] = [];
const noFields: readonly string[] = [];

/** After any other statement SQLite still reports the counts of the last one that wrote. */
const writing: ReadonlySet<string> = new Set(['insert', 'replace', 'update', 'delete', 'with']);
const inserting: ReadonlySet<string> = new Set(['insert', 'replace', 'with']);

/**
 * A connection to a database in this process, for both SQLite libraries. Raw cells: number, or bigint for whole numbers
 * where the statement asks for it (`bigintRows`), string, Uint8Array, null. A statement that reads whole numbers beyond
 * 2^53 must ask: otherwise better-sqlite3 rounds them and node:sqlite throws.
 * Values: number (a double to SQLite), bigint (a whole number), string, Uint8Array, null.
 * Calls do their work at once and return a settled promise; what blocks, blocks this process. Errors carry `errcode`.
 */
export class SqliteConnection implements Connection {
  readonly serverVersion: string;
  readonly sessionId = '';
  readonly #database: SqliteDatabase;
  readonly #kept = new WeakMap<Statement, Kept>();
  /** The upsert that is running has met a row: one whose `do update` says `where rowhouse_met()`. */
  #hasMet = false;
  #streaming = false;
  #closed = false;

  constructor(database: SqliteDatabase) {
    this.#database = database;
    database.define('rowhouse_met', () => {
      this.#hasMet = true;
      return 1;
    });
    const [row] = database.prepare({ sql: 'select sqlite_version()' }).all([]).rows;
    this.serverVersion = String(row?.[0]);
  }

  get broken(): boolean {
    return this.#closed;
  }

  async run(statement: Statement, values: readonly unknown[]): Promise<Result> {
    return this.runNow(statement, values);
  }

  runNow(statement: Statement, values: readonly unknown[]): Result {
    try {
      return this.#run(statement, values);
    } catch (error) {
      throw this.#database.translate(error);
    }
  }

  async runAll(steps: readonly (readonly [Statement, readonly unknown[]])[]): Promise<readonly Result[]> {
    return steps.map(([statement, values]) => this.runNow(statement, values));
  }

  async script(sql: string): Promise<void> {
    this.#ready();
    await this.#translated(() => this.#database.exec(sql));
  }

  async *stream(
    statement: Statement,
    values: readonly unknown[],
    { batchRows }: StreamOptions,
  ): AsyncGenerator<Result['rows'], void, undefined> {
    this.#ready();
    const rows = await this.#translated(() => this.#database.prepare(statement).iterate(values));
    this.#streaming = true;
    try {
      for (;;) {
        const batch = await this.#translated(() => take(rows, batchRows));
        if (batch.length === 0) return;
        yield batch;
        // Nothing here waits for anything: without a turn of its own no signal, timer or request would come in between.
        await nextTurn();
      }
    } finally {
      this.#streaming = false;
      rows.return?.();
    }
  }

  /** Nothing can be stopped: a statement is over before anyone could ask. */
  async cancel(): Promise<void> {}

  async close(): Promise<void> {
    this.destroy();
  }

  destroy(): void {
    if (this.#closed) return;
    this.#closed = true;
    try {
      this.#database.close();
    } catch {
      // An open iterator: the file is let go of once it is collected.
    }
  }

  /** There is no line to lose. */
  onLost(): void {}

  #run(statement: Statement, values: readonly unknown[]): Result {
    if (this.#streaming) throw busyStreaming();
    const { statement: prepared, writes, inserts } = this.#keep(statement);
    if (prepared.fields !== undefined) return inserts ? this.#insertAll(prepared, values) : prepared.all(values);
    const { changes, lastId } = prepared.run(values);
    if (!writes) return { rows: noRows, fields: noFields, changes: 0 };
    if (inserts && changes > 0) return { rows: noRows, fields: noFields, changes, lastId };
    return { rows: noRows, fields: noFields, changes };
  }

  #insertAll(prepared: SqliteStatement, values: readonly unknown[]): Result {
    // One that failed may have met a row too.
    this.#hasMet = false;
    const result = prepared.all(values);
    return this.#hasMet ? { ...result, met: true } : result;
  }

  #keep(statement: Statement): Kept {
    const kept = this.#kept.get(statement);
    if (kept !== undefined) return kept;
    const prepared = this.#database.prepare(statement);
    const keyword = firstKeyword(statement.sql);
    const fresh = { statement: prepared, writes: writing.has(keyword), inserts: inserting.has(keyword) };
    this.#kept.set(statement, fresh);
    return fresh;
  }

  #ready(): void {
    if (this.#streaming) throw busyStreaming();
  }

  async #translated<T>(work: () => T): Promise<T> {
    try {
      return work();
    } catch (error) {
      throw this.#database.translate(error);
    }
  }
}

function take(rows: Iterator<readonly unknown[]>, count: number): Result['rows'] {
  const batch: (readonly unknown[])[] = [];
  while (batch.length < count) {
    const next = rows.next();
    if (next.done === true) break;
    batch.push(next.value);
  }
  return batch;
}
