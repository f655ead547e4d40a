import type { AggregateRow, Filtered, Measures } from './aggregate/aggregate-options.ts';
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

/** Some rows, and how many the filter finds in all. */
export interface CountedRows<Row> {
  readonly rows: Row[];
  readonly total: number;
}

/** How near an estimate must come. */
export interface EstimateOptions extends ReadOptions {
  /** What is expected to be no more than this is counted, and no further: 0, never. */
  readonly exactUpTo?: number | undefined;
}

/** A number of rows, and whether they were counted. */
export interface EstimatedCount {
  readonly count: number;
  readonly isExact: boolean;
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

/** Which unique key decides whether a row exists. */
export interface MatchOptions<Row> {
  /** The properties of a unique key: they decide whether the row exists. None may be null. */
  readonly match: readonly Extract<keyof Row, string>[];
}

/** Which unique key decides an upsert, and what is written when the row exists. */
export interface UpsertOptions<Row> extends MatchOptions<Row> {
  /** The properties to write when it exists; every given one outside `match` otherwise. */
  readonly update?: readonly Extract<keyof Row, string>[] | undefined;
}

/** The row that an upsert left, and whether the upsert inserted it. */
export interface Upserted<Row> {
  readonly row: Row;
  readonly created: boolean;
}

export interface VersionOptions {
  /** Refuse with `VERSION_CONFLICT` unless the row still has this version, on a table with `version()`. */
  readonly version?: number | bigint | undefined;
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

/** Which rows to stream, and how. */
export interface StreamOptions<Row> extends ListOptions<Row> {
  /** Rows fetched in one go; 100 when nothing is said. Memory holds one batch. */
  readonly batchRows?: number | undefined;
  /** Ends the stream, and the statement on the server, with `CANCELLED`. */
  readonly signal?: AbortSignal | undefined;
}

export interface LockOptions {
  /** What to do when another transaction has locked the row: `wait`, or `fail` with `ROW_LOCKED`. */
  readonly whenLocked?: 'wait' | 'fail' | undefined;
}

export interface LockListOptions {
  /** What to do about rows that another transaction has locked: `wait`, `skip` them, or `fail` with `ROW_LOCKED`. */
  readonly whenLocked?: 'wait' | 'skip' | 'fail' | undefined;
}

/** Reads by key, of which all of one tick become one statement. */
export interface CoalescedReads<Row> {
  get(key: Key, options?: ReadOptions): Promise<Row>;
  find(key: Key, options?: ReadOptions): Promise<Row | undefined>;
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
  /** The rows with these keys in the order of the keys, as often as they are asked for; `ROW_NOT_FOUND` unless all are there. */
  getMany(keys: readonly Key[], options?: ReadOptions): Promise<Row[]>;
  /** Likewise; undefined in the place of a key without a row. */
  findMany(keys: readonly Key[], options?: ReadOptions): Promise<(Row | undefined)[]>;
  /**
   * Reads by key that wait for the end of the tick and then ask for all rows at once. Each caller gets its own row or its
   * own error.
   *
   * @example
   * ```ts
   * const users = database.repository(schema.users).coalesced();
   * const authors = await Promise.all(posts.map(async ({ authorId }) => await users.get(authorId))); // one statement
   * ```
   */
  coalesced(): CoalescedReads<Row>;
  /** The one row that the filter finds; `ROW_NOT_FOUND` without one. The first by primary key when there are several. */
  getBy(where: Where<Row>, options?: ReadOptions): Promise<Row>;
  findBy(where: Where<Row>, options?: ReadOptions): Promise<Row | undefined>;
  list(options?: ListOptions<Row>): Promise<Row[]>;
  /** The rows, and how many there are without limit and offset: both from one statement. */
  listAndCount(options?: ListOptions<Row>): Promise<CountedRows<Row>>;
  page(options?: PageOptions<Row>): Promise<Page<Row>>;
  count(where?: Where<Row>, options?: ReadOptions): Promise<number>;
  /**
   * How many rows the planner of the engine expects the filter to find, from its statistics and without reading them.
   * Where the engine has no such number they are counted.
   */
  estimateCount(where?: Where<Row>, options?: EstimateOptions): Promise<EstimatedCount>;
  exists(where?: Where<Row>, options?: ReadOptions): Promise<boolean>;
  /** Counts, sums, means and extremes: one row for each group, one for all rows without `groupBy`. */
  aggregate<const O extends Measures<Row>>(options: O & Filtered<Where<Row>>): Promise<AggregateRow<Row, O>[]>;
  /** The rows of a list one after the other, through a cursor of the server. The connection is kept until the loop ends. */
  stream(options?: StreamOptions<Row>): AsyncIterable<Row>;
  /** The row with this key, for this transaction alone until it ends. `TRANSACTION_REQUIRED` outside of one. */
  lock(key: Key, options?: LockOptions): Promise<Row>;
  /** Likewise the rows of a list: with a limit and `whenLocked: 'skip'` each worker of a queue gets rows of its own. */
  lockList(options?: ListOptions<Row> & LockListOptions): Promise<Row[]>;
  /** Rows with `text` anywhere in one of the fields, upper and lower case the same; `%` and `_` mean themselves. */
  search(text: string, options: SearchOptions<Row>): Promise<Row[]>;

  insert(values: Insert): Promise<Row>;
  /**
   * Inserts all rows or none, in one transaction; gives their number. Of an async iterable memory holds a thousand rows
   * at a time; it is read once, so a conflict that would repeat the transaction is an error.
   */
  insertMany(rows: readonly Insert[] | AsyncIterable<Insert>): Promise<number>;
  /**
   * Changes the given properties; `ROW_NOT_FOUND` without the row. A patch that has the property of `version()` means the
   * row of that version: `VERSION_CONFLICT` when it has changed since.
   */
  update(key: Key, patch: Patch): Promise<Row>;
  /** Changes every row that the filter finds; gives their number. `where` must not be empty: say `'all'` to mean all. */
  updateWhere(where: Where<Row> | 'all', patch: Patch, options?: WriteManyOptions): Promise<number>;
  /** Inserts the row, or changes the one with the same unique key, in one statement. */
  upsert(values: Insert, options: UpsertOptions<Row>): Promise<Upserted<Row>>;
  /** Upserts all rows or none. Of rows with the same unique key the last one counts. Gives the number of distinct keys. */
  upsertMany(rows: readonly Insert[], options: UpsertOptions<Row>): Promise<number>;
  /** The row with the unique key as it is, or the given one inserted. Racing callers get one row, created once. */
  getOrCreate(values: Insert, options: MatchOptions<Row>): Promise<Upserted<Row>>;
  /** Deletes the row, softly where the table does that; `ROW_NOT_FOUND` without a living row. */
  delete(key: Key, options?: VersionOptions): Promise<void>;
  deleteWhere(where: Where<Row> | 'all', options?: WriteManyOptions): Promise<number>;
  /** Deletes the row softly; `CAPABILITY_MISSING` on a table that does not. */
  softDelete(key: Key, options?: VersionOptions): Promise<void>;
  /** Brings a soft-deleted row back; `ROW_NOT_FOUND` without one. */
  restore(key: Key): Promise<Row>;
  /** Deletes a soft-deleted row for good; `ROW_NOT_FOUND` without one, and where it still lives. */
  purge(key: Key): Promise<void>;
  /** Deletes for good every soft-deleted row that the filter finds; gives their number. */
  purgeWhere(where: Where<Row> | 'all', options?: WriteManyOptions): Promise<number>;
}
