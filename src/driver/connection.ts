/** One SQL statement without its values. Keep the object: a connection keeps what it prepared under it. */
export interface Statement {
  /** SQL in the engine's own spelling, with its own placeholders. */
  readonly sql: string;
  /** Present: the connection keeps the statement prepared under this name. Names are unique per SQL text. */
  readonly name?: string | undefined;
  /** SQLite: whole numbers come back as bigint in every column, because one of them is a 64-bit column. */
  readonly bigintRows?: boolean | undefined;
  /** It reads by a whole key, so that there is no second row to look for. */
  readonly oneRow?: boolean | undefined;
}

/** What a statement gave. Cells are raw, as the driver reads them; the dialect's codecs know their form. */
export interface Result {
  readonly rows: readonly (readonly unknown[])[];
  readonly fields: readonly string[];
  /** Rows inserted, deleted, or matched by an update, whether or not a value of theirs changed. */
  readonly changes: number;
  /** The number the engine gave to an identity column, where it reports one. */
  readonly lastId?: bigint | undefined;
  /** An upsert that tells it so met a row that was there. */
  readonly met?: true;
}

/** A write by key, and a look at the row that it wrote. */
export interface WriteAndLook {
  /** Does nothing outside of a transaction: `QueryRules.onlyWithin` stands in its condition. */
  readonly write: readonly [Statement, readonly unknown[]];
  readonly look: readonly [Statement, readonly unknown[]];
}

/** What a write and the look at its row gave. */
export interface WrittenAndFound {
  readonly written: Result;
  /** Absent: the write took place, but nobody saw its row. */
  readonly found?: Result | undefined;
}

export interface StreamOptions {
  /** Rows fetched in one go. */
  readonly batchRows: number;
}

/** A connection to an engine in this process. */
export type LocalConnection = Connection & Required<Pick<Connection, 'runNow'>>;

export function isLocal(connection: Connection): connection is LocalConnection {
  return connection.runNow !== undefined;
}

/**
 * One connection to one server. Not for two callers at once: the pool hands it to one at a time.
 * Every method throws the client library's own error; the session translates it with the dialect.
 */
export interface Connection {
  /** The version text that the server reports, e.g. `15.20 (Debian …)`, `10.11.19-MariaDB…`. */
  readonly serverVersion: string;
  /** The server's number for this session; what `cancel` aims at. Empty for an engine in process. */
  readonly sessionId: string;
  /** True once the connection can no longer be used: the socket died, or a cancel or timeout left it undefined. */
  readonly broken: boolean;
  /** The statements of one `runAll` outside a transaction all take place or none, and what they set ends with them. */
  readonly atomicFlights?: boolean;

  /** Runs one statement. Values are in wire form: what the dialect's codecs produced. */
  run(statement: Statement, values: readonly unknown[]): Promise<Result>;
  /** Present where the engine is in this process: like `run`, and over when it returns. */
  runNow?(statement: Statement, values: readonly unknown[]): Result;
  /** Runs several statements in order, in one flight where the protocol can; stops at the first error. */
  runAll(statements: readonly (readonly [Statement, readonly unknown[]])[]): Promise<readonly Result[]>;
  /** Begins a transaction, writes, looks and commits, all sent at once. Undefined: nothing took place, one after another it must be. */
  writeAndLook?(steps: WriteAndLook): Promise<WrittenAndFound | undefined>;
  /** Runs SQL text of one or more statements without values or results: schema files, session settings. */
  script(sql: string): Promise<void>;
  /** Reads rows in batches; memory holds one batch. Leaving the loop early closes the cursor. */
  stream(statement: Statement, values: readonly unknown[], options: StreamOptions): AsyncIterable<Result['rows']>;
  /** Asks the server, over a second line, to stop what this connection is running. Does nothing when idle. */
  cancel(): Promise<void>;
  /** Says goodbye and closes. Never throws. */
  close(): Promise<void>;
  /** Drops the line at once. */
  destroy(): void;
  /** Called at most once, when the line is lost while nobody is running a statement. An unheard loss never ends the process. */
  onLost(listener: (error: Error) => void): void;
}
