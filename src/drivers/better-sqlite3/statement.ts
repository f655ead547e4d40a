import type { Result, Statement } from '../../driver/connection.ts';
import type { SqliteStatement } from '../../driver/sqlite-connection.ts';
import type { BetterSqlite3Database, BetterSqlite3Statement } from './library.ts';

/** A prepared statement of the library. */
export class BetterSqlite3Prepared implements SqliteStatement {
  readonly #statement: BetterSqlite3Statement;
  readonly #changes: boolean;
  readonly #oneRow: boolean;
  /** Columns that may hold blobs. */
  readonly #blobs: readonly number[];
  #fields: readonly string[] | undefined;

  constructor(database: BetterSqlite3Database, { sql, bigintRows = false, oneRow = false }: Statement) {
    const statement = database.prepare(sql);
    this.#statement = statement;
    this.#changes = !statement.readonly;
    // Not for a write: the library does not look at the end of a statement that it leaves after its first row.
    this.#oneRow = oneRow && statement.readonly;
    if (statement.reader) {
      statement.raw().safeIntegers(bigintRows);
      const columns = statement.columns();
      this.#fields = columns.map(({ name }) => name);
      this.#blobs = columns.flatMap(({ type }, index) => (type === null || /blob/i.test(type) ? [index] : []));
    } else {
      // The last row number may be beyond what a double holds.
      statement.safeIntegers(true);
      this.#blobs = [];
    }
  }

  get fields(): readonly string[] | undefined {
    return this.#fields;
  }

  all(values: readonly unknown[]): Result {
    const rows = this.#rows(values);
    const [first] = rows;
    // `select *` over a table that has changed since: SQLite prepares it again by itself.
    if (first !== undefined && first.length !== this.#fields?.length) {
      this.#fields = this.#statement.columns().map(({ name }) => name);
    }
    if (this.#blobs.length > 0) for (const row of rows) this.#unwrap(row);
    return { rows, fields: this.#fields ?? [], changes: this.#changes ? rows.length : 0 };
  }

  #rows(values: readonly unknown[]): unknown[][] {
    if (!this.#oneRow) return this.#statement.all(...values);
    const row = this.#statement.get(...values);
    return row === undefined ? [] : [row];
  }

  run(values: readonly unknown[]): { readonly changes: number; readonly lastId: bigint } {
    const { changes, lastInsertRowid } = this.#statement.run(...values);
    return { changes, lastId: BigInt(lastInsertRowid) };
  }

  *iterate(values: readonly unknown[]): Generator<readonly unknown[], void, undefined> {
    const rows = this.#statement.iterate(...values);
    try {
      for (let next = rows.next(); next.done !== true; next = rows.next()) {
        this.#unwrap(next.value);
        yield next.value;
      }
    } finally {
      rows.return?.();
    }
  }

  /** The library gives blobs as Buffer; the value of a blob is a plain Uint8Array. */
  #unwrap(row: unknown[]): void {
    for (const index of this.#blobs) {
      const cell = row[index];
      if (cell instanceof Uint8Array) row[index] = new Uint8Array(cell.buffer, cell.byteOffset, cell.byteLength);
    }
  }
}
