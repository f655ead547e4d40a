/** What we use of `node:sqlite`. */
export interface NodeSqliteLibrary {
  readonly DatabaseSync: new (path: string, options: NodeSqliteOptions) => NodeSqliteDatabase;
}

export interface NodeSqliteOptions {
  readonly readOnly: boolean;
  readonly timeout: number;
  readonly enableForeignKeyConstraints: true;
}

export interface NodeSqliteDatabase {
  prepare(sql: string): NodeSqliteStatement;
  exec(sql: string): void;
  close(): void;
  function(
    name: string,
    options: { readonly deterministic: boolean; readonly directOnly: boolean },
    body: ((value: unknown) => string | null) | (() => number),
  ): void;
  aggregate(
    name: string,
    options: {
      readonly start: null;
      readonly step: (state: string | null, value: unknown) => string | null;
      readonly useBigIntArguments: true;
    },
  ): void;
}

export interface NodeSqliteStatement {
  /** The text of this one statement, without what follows it. */
  readonly sourceSQL: string;
  columns(): readonly { readonly name: string }[];
  setReturnArrays(on: boolean): void;
  setReadBigInts(on: boolean): void;
  all(...values: readonly unknown[]): unknown[][];
  get(...values: readonly unknown[]): unknown[] | undefined;
  run(...values: readonly unknown[]): { readonly changes: number | bigint; readonly lastInsertRowid: number | bigint };
  iterate(...values: readonly unknown[]): Iterator<unknown[]>;
}
