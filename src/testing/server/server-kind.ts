import type { Installation } from './installation.ts';
import type { ServerEngine, ServerOptions, TlsFiles } from './private-server.ts';

/** What the kit must know of a server program to run it. */
export interface ServerKind {
  readonly engine: ServerEngine;
  /** The file to run, beside which its other programs are. */
  readonly program: string;
  /** Finds the version in what `--version` prints, and nothing when another server goes by the same name. */
  readonly versionPattern: RegExp;
  /** Directories where it may be, besides those of the PATH; `*` stands for one path segment. */
  readonly places: readonly string[];
  /** The administrator's name. */
  readonly user: string;
  /** The path of a URL that names no database. */
  readonly defaultDatabase: string;
  /** Asks the server to end in good order, breaking open sessions. */
  readonly stopSignal: NodeJS.Signals;
  /** Fills an empty data directory. It is done once per installation and copied; absent: the server needs none. */
  readonly initialize?: (installation: Installation, dataDirectory: string) => Promise<void>;
  /** Sets this server's own password in its copy of the data directory; absent: an argument does. */
  readonly claim?: (place: ServerPlace) => Promise<void>;
  /** Settings as arguments, in the program's own spelling. */
  settingArguments(settings: ServerPlace['settings']): readonly string[];
  /** All arguments but those of the caller's settings. */
  startArguments(place: ServerPlace): readonly string[];
  /** True once the server answers as a client would see it. */
  isReady(place: ServerPlace, pid: number): Promise<boolean>;
  readonly container: ContainerKind;
}

/** How the official image of a server is run. */
export interface ContainerKind {
  readonly image: string;
  /** The version when nobody asks for one. */
  readonly version: string;
  readonly port: number;
  /** What the image wants to be told, the password included. */
  environment(password: string): Readonly<Record<string, string>>;
  /** Arguments that go before those of the settings. */
  startArguments(password: string): readonly string[];
  /** True once the server behind the published port takes clients. */
  answers(port: number): Promise<boolean>;
}

/** One server's files, address and secret. */
export interface ServerPlace {
  readonly installation: Installation;
  readonly directory: string;
  readonly dataDirectory: string;
  readonly logFile: string;
  readonly port: number;
  readonly password: string;
  readonly settings: NonNullable<ServerOptions['settings']>;
  readonly tls?: TlsFiles | undefined;
}
