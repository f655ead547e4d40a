/** What we use of the package `better-sqlite3`, 13 or later: its default export. */
export type BetterSqlite3Library = new (path: string, options: BetterSqlite3Options) => BetterSqlite3Database;

export interface BetterSqlite3Options {
  readonly readonly: boolean;
  readonly fileMustExist: boolean;
  readonly timeout: number;
}

export interface BetterSqlite3Database {
  prepare(sql: string): BetterSqlite3Statement;
  exec(sql: string): unknown;
  close(): unknown;
  function(
    name: string,
    options: { readonly deterministic: boolean; readonly directOnly: boolean },
    body: ((value: unknown) => string | null) | (() => number),
  ): unknown;
  aggregate(
    name: string,
    options: {
      readonly start: null;
      readonly step: (state: string | null, value: unknown) => string | null;
      readonly safeIntegers: true;
    },
  ): unknown;
}

export interface BetterSqlite3Statement {
  /** It gives rows. */
  readonly reader: boolean;
  /** It changes nothing. */
  readonly readonly: boolean;
  raw(): this;
  safeIntegers(on: boolean): this;
  columns(): readonly { readonly name: string; readonly type: string | null }[];
  all(...values: readonly unknown[]): unknown[][];
  get(...values: readonly unknown[]): unknown[] | undefined;
  run(...values: readonly unknown[]): { readonly changes: number; readonly lastInsertRowid: number | bigint };
  iterate(...values: readonly unknown[]): Iterator<unknown[]>;
}
