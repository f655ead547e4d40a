import type { Result, Statement } from '../../driver/connection.ts';
import type { SqliteStatement } from '../../driver/sqlite-connection.ts';
import type { NodeSqliteDatabase, NodeSqliteStatement } from './library.ts';

/** SQLITE_RANGE: there is no such placeholder. */
const rangeError = 25;

/** A prepared statement of the library. */
export class NodeSqlitePrepared implements SqliteStatement {
  readonly #statement: NodeSqliteStatement;
  /** Gives `total_changes()` for a statement that may both change rows and give some. */
  readonly #counter: NodeSqliteStatement | undefined;
  readonly #oneRow: boolean;
  #fields: readonly string[] | undefined;
  /** How many values it takes, once known. */
  #takes: number | undefined;

  constructor(database: NodeSqliteDatabase, { sql, bigintRows = false, oneRow = false }: Statement) {
    const statement = database.prepare(sql);
    refuseMore(sql, statement);
    statement.setReturnArrays(true);
    const fields = fieldsOf(statement);
    this.#statement = statement;
    this.#fields = fields.length === 0 ? undefined : fields;
    // Without rows the numbers are counts, and the last row number may be beyond what a double holds.
    statement.setReadBigInts(bigintRows || fields.length === 0);
    this.#counter = /\breturning\b/i.test(sql) ? totalChanges(database) : undefined;
    // Not for a write, which must come to its end.
    this.#oneRow = oneRow && this.#counter === undefined;
  }

  get fields(): readonly string[] | undefined {
    return this.#fields;
  }

  all(values: readonly unknown[]): Result {
    this.#checkCount(values);
    const before = this.#countChanges();
    const rows = this.#rows(values);
    const [first] = rows;
    // `select *` over a table that has changed since: SQLite prepares it again by itself.
    if (first !== undefined && first.length !== this.#fields?.length) this.#fields = fieldsOf(this.#statement);
    // Each row that was changed gives one; the total also counts what triggers did and only says whether any was.
    return { rows, fields: this.#fields ?? [], changes: this.#countChanges() === before ? 0 : rows.length };
  }

  #rows(values: readonly unknown[]): unknown[][] {
    if (!this.#oneRow) return this.#statement.all(...values);
    const row = this.#statement.get(...values);
    return row === undefined ? [] : [row];
  }

  run(values: readonly unknown[]): { readonly changes: number; readonly lastId: bigint } {
    this.#checkCount(values);
    const { changes, lastInsertRowid } = this.#statement.run(...values);
    return { changes: Number(changes), lastId: BigInt(lastInsertRowid) };
  }

  iterate(values: readonly unknown[]): Iterator<readonly unknown[]> {
    this.#checkCount(values);
    return this.#statement.iterate(...values);
  }

  /** The library binds NULL where a value is missing. It binds, but runs nothing, when an iterator is made. */
  #checkCount(values: readonly unknown[]): void {
    if (values.length === this.#takes) return;
    if (this.#accepts([...values, null])) {
      throw Object.assign(new Error('fewer values than placeholders'), { errcode: rangeError });
    }
    this.#takes = values.length;
  }

  #accepts(values: readonly unknown[]): boolean {
    try {
      this.#statement.iterate(...values).return?.();
      return true;
    } catch (error) {
      if (error instanceof Error && 'errcode' in error && error.errcode === rangeError) return false;
      throw error;
    }
  }

  #countChanges(): unknown {
    return this.#counter?.all()[0]?.[0];
  }
}

function fieldsOf(statement: NodeSqliteStatement): readonly string[] {
  return statement.columns().map(({ name }) => name);
}

function totalChanges(database: NodeSqliteDatabase): NodeSqliteStatement {
  const statement = database.prepare('select total_changes()');
  statement.setReturnArrays(true);
  return statement;
}

/** The library runs the first statement of a text and drops the rest without a word. */
function refuseMore(sql: string, statement: NodeSqliteStatement): void {
  const rest = sql.slice(statement.sourceSQL.length);
  if (/^(?:\s|;|--[^\n]*(?:\n|$)|\/\*[^]*?\*\/)*$/.test(rest)) return;
  throw Object.assign(new Error('the text contains more than one statement'), { errcode: 1 });
}
