import type { Connection } from '../driver/connection.ts';
import type { Driver } from '../driver/driver.ts';
import type { Target, TlsMode } from '../driver/target.ts';
import type { Dialect } from './dialect.ts';

/** An engine before anything of it is loaded: how its URLs look and how to get its driver and dialect. */
export interface Engine {
  /** The identifier people write: `postgresql`, `mysql`, `sqlite`. */
  readonly name: string;
  /** Every accepted URL scheme and identifier, lower case, without `+driver`. */
  readonly schemes: readonly string[];
  readonly defaultPort?: number;
  /** The database is a file in this process's reach: no host, no user, no TLS. */
  readonly inFile: boolean;
  /** The TLS mode when nobody says one. */
  readonly defaultTls: TlsMode;
  /** The same database with another default namespace. Absent: a database has no namespaces. */
  readonly inNamespace?: (target: Target, namespace: string) => Target;
  /** Drivers in order of preference. */
  readonly drivers: readonly DriverChoice[];
  /** The dialect for the server behind this connection. May ask the server questions; changes nothing. */
  dialect(connection: Connection): Promise<Dialect>;
  /** The version of a typical current server, by the name of its dialect: what `offlineDialect` is made for. */
  readonly offlineVersions: Readonly<Record<string, string>>;
  /** The dialect of a typical current server, for work without a database: offline SQL, definition checks. */
  offlineDialect(variant?: string): Promise<Dialect>;
}

export interface DriverChoice {
  /** The package: `pg`. Also what `DB_DRIVER` and `scheme+driver://` may say, beside `aliases`. */
  readonly name: string;
  readonly aliases: readonly string[];
  /** What to type when it is missing; absent for a driver built into Node. */
  readonly install?: string;
  /** What a URL's query may say to this driver beside what every driver takes. Absent: the driver judges on connecting. */
  readonly parameters?: readonly string[];
  /** Undefined when the package is not installed. */
  load(): Promise<Driver | undefined>;
}
