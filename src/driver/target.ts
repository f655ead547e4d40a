/** Where a database is and who we are there: what a driver needs to open one connection. */
export interface Target {
  /** A host name, an address, or the directory of a Unix socket (it starts with `/`). Absent for a database in a file. */
  readonly host?: string | undefined;
  readonly port?: number | undefined;
  /** The database's name; for an engine in a file its path, or `:memory:`. */
  readonly database: string;
  readonly user?: string | undefined;
  readonly password?: string | undefined;
  readonly tls: TlsPolicy;
  readonly connectTimeoutMs: number;
  /** The name the server shows for this client, where it can. */
  readonly applicationName?: string | undefined;
  /** What the URL's query said that is not one of the above. A driver refuses a name it does not know. */
  readonly parameters?: Readonly<Record<string, string>> | undefined;
}

/**
 * How much the line to the server is to be trusted. Every engine gives a mode the same meaning:
 * `disable` no TLS · `allow` plain, TLS when the server insists · `prefer` TLS when the server has it, else plain ·
 * `require` TLS, server not authenticated · `verify-ca` TLS and a certificate from a trusted authority ·
 * `verify-full` that, and the certificate names this host.
 */
export type TlsMode = 'disable' | 'allow' | 'prefer' | 'require' | 'verify-ca' | 'verify-full';

export const tlsModes: readonly TlsMode[] = ['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full'];

/** TLS mode with the files it needs; each is a path to a PEM file. Without `ca` the system's authorities count. */
export interface TlsPolicy {
  readonly mode: TlsMode;
  readonly ca?: string | undefined;
  readonly certificate?: string | undefined;
  readonly key?: string | undefined;
}
