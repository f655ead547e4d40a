/** A server program this kit can start. */
export type ServerEngine = 'postgresql' | 'mysql' | 'mariadb' | 'redis';

/** A server that databases can be made on: started by us or given by its URL. */
export interface DatabaseServer<Engine extends string = string> {
  readonly engine: Engine;
  /** As the server reports it, e.g. `15.20`. */
  readonly version: string;
  /** The URL of a database on it; without a name the server's own administrative database. */
  url(database?: string, options?: UrlOptions): string;
}

/** Who the URL is for; without it the administrator. */
export interface UrlOptions {
  readonly user?: string | undefined;
  readonly password?: string | undefined;
}

/** A server that belongs to this process alone. Leaving its `await using` block stops it and removes its files. */
export interface PrivateServer extends DatabaseServer<ServerEngine>, AsyncDisposable {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  /** Where its Unix socket is; absent when it runs in a container. */
  readonly socketDirectory?: string | undefined;
  /** What the server wrote; absent when it runs in a container. */
  readonly logFile?: string | undefined;
  /** Ends it as a power cut does. The data stays. */
  kill(): Promise<void>;
  /** Ends it in good order. The data stays. */
  stop(): Promise<void>;
  /** Starts it again on the same port with the same data. */
  start(): Promise<void>;
}

/** Which server to start, and how. */
export interface ServerOptions {
  readonly engine: ServerEngine;
  /** The beginning of the wanted version, e.g. `16`. Default: the newest found. */
  readonly version?: string | undefined;
  /** Settings of the server, by its own names, e.g. `{ max_connections: 20 }`. */
  readonly settings?: Readonly<Record<string, string | number>> | undefined;
  /** Paths of PEM files: the server speaks TLS with them. */
  readonly tls?: TlsFiles | undefined;
  /** An empty directory for its files, kept afterwards. Default: a temporary one, removed afterwards. */
  readonly directory?: string | undefined;
  /** `program`: a server program of this machine. `docker`: the official image. Default: `program`. */
  readonly via?: 'program' | 'docker' | undefined;
  /** Default: 60 s, since several servers may start at once on a small machine. */
  readonly startTimeoutMs?: number | undefined;
}

/** The PEM files of a server that speaks TLS. */
export interface TlsFiles {
  readonly certificate: string;
  readonly key: string;
  readonly ca: string;
}
