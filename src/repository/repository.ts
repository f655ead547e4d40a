import type { Where } from './filter/where.ts';

/** The value of a single-column primary key, or an object with each column of a composite one. */
export type Key = string | number | bigint | Readonly<Record<string, unknown>>;

/** `'name'` ascending, `'-name'` descending. */
export type Order<Row> = readonly OrderTerm<Extract<keyof Row, string>>[];
type OrderTerm<Name extends string> = Name | `-${Name}`;

export interface ReadOptions {
  /** Soft-deleted rows too. */
  readonly withDeleted?: boolean | undefined;
}

/** Which rows to list, in which order, and how many. */
export interface ListOptions<Row> extends ReadOptions {
  readonly where?: Where<Row> | undefined;
  readonly order?: Order<Row> | undefined;
  readonly limit?: number | undefined;
  readonly offset?: number | undefined;
}

/** Which rows to page through, in which order, and where to go on. */
export interface PageOptions<Row> extends ReadOptions {
  readonly where?: Where<Row> | undefined;
  /** The primary key is appended, so that the order is total. */
  readonly order?: Order<Row> | undefined;
  /** Rows of one page; 50 when nothing is said. */
  readonly limit?: number | undefined;
  /** A cursor from an earlier page of the same filter and order: the rows after it. */
  readonly after?: string | undefined;
  /** Likewise: the rows before it. */
  readonly before?: string | undefined;
}

/** Some rows in order, and the signed cursors that lead on; absent where there is nothing more. */
export interface Page<Row> {
  readonly rows: readonly Row[];
  readonly next?: string;
  readonly previous?: string;
}

/** Which unique key decides an upsert, and what is written when the row exists. */
export interface UpsertOptions<Row> {
  /** The properties of a unique key: they decide whether the row exists. None may be null. */
  readonly match: readonly Extract<keyof Row, string>[];
  /** The properties to write when it exists; every given one outside `match` otherwise. */
  readonly update?: readonly Extract<keyof Row, string>[] | undefined;
}

/** The row that an upsert left, and whether the upsert inserted it. */
export interface Upserted<Row> {
  readonly row: Row;
  readonly created: boolean;
}

export interface WriteManyOptions {
  /** Refuse with `ROW_COUNT_UNEXPECTED`, and change nothing, unless exactly so many rows are hit. */
  readonly expected?: number | undefined;
}

export interface SearchOptions<Row> extends ReadOptions {
  /** The text properties to look in. */
  readonly fields: readonly Extract<keyof Row, string>[];
  readonly where?: Where<Row> | undefined;
  readonly order?: Order<Row> | undefined;
  readonly limit?: number | undefined;
  readonly offset?: number | undefined;
}

/**
 * Reads and writes the rows of one table. What is soft-deleted is not there unless `withDeleted` asks for it; a field,
 * operator or value that cannot be is an error, never ignored.
 *
 * @example
 * ```ts
 * const users = database.repository(schema.users);
 * const active = await users.list({ where: { active: true }, order: ['-createdAt'], limit: 50 });
 * ```
 */
export interface Repository<Row, Insert, Patch> {
  /** The row with this key; `ROW_NOT_FOUND` without one. */
  get(key: Key, options?: ReadOptions): Promise<Row>;
  find(key: Key, options?: ReadOptions): Promise<Row | undefined>;
  /** The one row that the filter finds; `ROW_NOT_FOUND` without one. The first by primary key when there are several. */
  getBy(where: Where<Row>, options?: ReadOptions): Promise<Row>;
  findBy(where: Where<Row>, options?: ReadOptions): Promise<Row | undefined>;
  list(options?: ListOptions<Row>): Promise<Row[]>;
  page(options?: PageOptions<Row>): Promise<Page<Row>>;
  count(where?: Where<Row>, options?: ReadOptions): Promise<number>;
  exists(where?: Where<Row>, options?: ReadOptions): Promise<boolean>;
  /** Rows with `text` anywhere in one of the fields, upper and lower case the same; `%` and `_` mean themselves. */
  search(text: string, options: SearchOptions<Row>): Promise<Row[]>;

  insert(values: Insert): Promise<Row>;
  /** Inserts all rows or none; gives their number. */
  insertMany(rows: readonly Insert[]): Promise<number>;
  /** Changes the given properties; `ROW_NOT_FOUND` without the row. */
  update(key: Key, patch: Patch): Promise<Row>;
  /** Changes every row that the filter finds; gives their number. `where` must not be empty: say `'all'` to mean all. */
  updateWhere(where: Where<Row> | 'all', patch: Patch, options?: WriteManyOptions): Promise<number>;
  /** Inserts the row, or changes the one with the same unique key, in one statement. */
  upsert(values: Insert, options: UpsertOptions<Row>): Promise<Upserted<Row>>;
  /** Upserts all rows or none. Of rows with the same unique key the last one counts. Gives the number of distinct keys. */
  upsertMany(rows: readonly Insert[], options: UpsertOptions<Row>): Promise<number>;
  /** Deletes the row, softly where the table does that; `ROW_NOT_FOUND` without a living row. */
  delete(key: Key): Promise<void>;
  deleteWhere(where: Where<Row> | 'all', options?: WriteManyOptions): Promise<number>;
  /** Brings a soft-deleted row back; `ROW_NOT_FOUND` without one. */
  restore(key: Key): Promise<Row>;
}
