/** What we use of the package `pg`, 8.23 or later. */
export interface PgLibrary {
  readonly Client: new (config: PgClientConfig) => PgClient;
  readonly Connection: new (config: { readonly ssl: PgTls | false }) => PgWire;
}

export interface PgClientConfig {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user?: string;
  readonly password: () => string;
  readonly ssl: PgTls | false;
  readonly sslnegotiation: 'postgres';
  readonly connectionTimeoutMillis: number;
  readonly keepAlive: true;
  readonly enableChannelBinding: boolean;
}

/** Options of Node's `tls.connect`, as far as we set them. */
export interface PgTls {
  readonly rejectUnauthorized: boolean;
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
  readonly checkServerIdentity?: () => undefined;
}

export interface PgClient {
  readonly connection: PgWire;
  readonly processID: number | null;
  readonly secretKey: number | null;
  /** What the startup packet says; replaced by ours. */
  getStartupConf: () => Readonly<Record<string, string>>;
  connect(): Promise<unknown>;
  query(submission: PgSubmission): unknown;
  end(): Promise<void>;
  on(event: 'error', listener: (error: Error) => void): unknown;
  on(event: 'end', listener: () => void): unknown;
}

/** The client's side of the protocol: one method, one message. */
export interface PgWire {
  readonly stream: PgStream;
  parse(message: { readonly name: string; readonly text: string }): void;
  bind(message: {
    readonly statement: string;
    readonly values: readonly unknown[];
    readonly valueMapper: (value: unknown) => string | Buffer | null;
  }): void;
  describe(message: { readonly type: 'P'; readonly name: string }): void;
  execute(message: { readonly portal: string; readonly rows: number }): void;
  close(message: { readonly type: 'S' | 'P'; readonly name: string }): void;
  query(text: string): void;
  sync(): void;
  flush(): void;
  sendCopyFail(reason: string): void;
  connect(portOrPath: number | string, host?: string): void;
  requestSsl(): void;
  cancel(processId: number, secretKey: number): void;
  on(event: 'readyForQuery', listener: (message: { readonly status: string }) => void): unknown;
  on(event: 'parseComplete' | 'connect' | 'sslconnect' | 'end', listener: () => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  on(
    event: 'parameterStatus',
    listener: (message: { readonly parameterName: string; readonly parameterValue: string }) => void,
  ): unknown;
  on(event: 'authenticationSASL', listener: (message: { readonly mechanisms: readonly string[] }) => void): unknown;
}

export interface PgStream {
  cork(): void;
  uncork(): void;
  destroy(error?: Error): void;
}

/** Something the client puts on the line when its turn comes, and hands the server's answers to. */
export interface PgSubmission {
  submit(wire: PgWire): Error | null;
  handleRowDescription(message: { readonly fields: readonly { readonly name: string }[] }): void;
  handleDataRow(message: { readonly fields: readonly (string | null)[] }): void;
  handleCommandComplete(message: { readonly text: string }, wire: PgWire): void;
  handleEmptyQuery(wire: PgWire): void;
  handlePortalSuspended(wire: PgWire): void;
  handleError(error: Error, wire: PgWire): void;
  handleReadyForQuery(wire: PgWire): void;
  handleCopyInResponse(wire: PgWire): void;
  handleCopyData(): void;
}
