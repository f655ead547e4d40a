/** What we use of the package `mysql2`, 3.23 or later. */
export interface MysqlLibrary {
  createConnection(config: MysqlConfig): MysqlClient;
}

export interface MysqlConfig {
  readonly host?: string;
  readonly port?: number;
  readonly socketPath?: string;
  readonly stream?: () => unknown;
  readonly user?: string;
  readonly password?: string;
  readonly database: string;
  readonly ssl?: MysqlTls;
  readonly connectTimeout: number;
  readonly connectAttributes: Readonly<Record<string, string>>;
  readonly flags: string;
  readonly charset: string;
  readonly timezone: 'Z';
  readonly dateStrings: true;
  readonly supportBigNumbers: true;
  readonly bigNumberStrings: true;
  readonly jsonStrings: true;
  readonly rowsAsArray: true;
  readonly multipleStatements: false;
  readonly maxPreparedStatements: number;
}

export interface MysqlTls {
  readonly rejectUnauthorized: boolean;
  readonly verifyIdentity: boolean;
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
}

export interface MysqlClient {
  /** What runs now; the handshake before the connection stands. */
  readonly _command?: MysqlHandshaking | undefined;
  readonly stream: { destroy(error?: Error): void; on(event: 'close', listener: () => void): unknown };
  readonly clientEncoding: string;
  sequenceId: number;
  connect(callback: (error: Error | null, handshake?: MysqlHandshake) => void): void;
  query(options: { readonly sql: string }, callback: MysqlCallback): unknown;
  prepare(
    options: { readonly sql: string },
    callback: (error: Error | null, statement?: MysqlPrepared) => void,
  ): unknown;
  unprepare(sql: string): unknown;
  pause(): void;
  resume(): void;
  end(callback: () => void): void;
  addCommand(command: MysqlRawCommand): unknown;
  writePacket(packet: MysqlOutgoingPacket): void;
  on(event: 'error', listener: (error: Error) => void): unknown;
  on(event: 'end', listener: () => void): unknown;
}

export interface MysqlHandshake {
  readonly serverVersion: string;
  readonly connectionId: number;
  /** What MariaDB can do beyond the common protocol, a bit each; 0 for MySQL. */
  readonly mariadbExtendedCapabilityFlags?: number;
}

/** The library's handshake, which is open to other wishes until the server speaks. */
export interface MysqlHandshaking {
  /** What we ask MariaDB for, a bit each. */
  mariadbExtendedClientFlags?: number;
}

/** A statement that the client keeps prepared, under its text. */
export interface MysqlPrepared {
  /** The server's number for it. */
  readonly id: number;
  /** One for each placeholder. */
  readonly parameters: readonly unknown[];
}

export type MysqlCallback = (error: Error | null, answer?: unknown, fields?: unknown) => void;

/** A result's column, as far as we look at it. */
export interface MysqlField {
  readonly name: string;
  readonly columnType: number;
}

/** A command of the protocol that the library has no method for. */
export interface MysqlRawCommand {
  /** Called when the line is lost before the command is over. */
  onResult(error: Error | null): void;
  /** Called without a packet to begin, then with each packet of the answer; true ends the command. */
  execute(packet: MysqlAnswerPacket | undefined, client: MysqlClient): boolean;
}

/** A packet of an answer: one object for all of them, so what is kept of it is copied. */
export interface MysqlAnswerPacket {
  readonly buffer: Buffer;
  /** Where the payload begins and ends. */
  readonly offset: number;
  readonly end: number;
  isError(): boolean;
  asError(encoding: string): Error;
}

export interface MysqlOutgoingPacket {
  readonly buffer: Buffer;
  length(): number;
  writeHeader(sequenceId: number): void;
}
