import type { Engine } from '../dialect/engine.ts';
import { RowhouseError } from '../errors/rowhouse-error.ts';
import { driverOf, engineOf } from './engine-of.ts';
import { parseFileUrl } from './file-url.ts';
import type { Secret } from './secret.ts';
import { parseServerUrl } from './server-url.ts';
import type { UrlParameters } from './url-parameter.ts';

/** What a database URL says, and nothing that it does not say. */
export interface DatabaseUrl {
  readonly engine: Engine;
  /** The driver as written after `+`. */
  readonly driver?: string | undefined;
  /** A name, an address, or the directory of a Unix socket. */
  readonly host?: string | undefined;
  readonly port?: number | undefined;
  /** The database's name, or the path of its file. */
  readonly database?: string | undefined;
  readonly user?: string | undefined;
  readonly password?: Secret | undefined;
  readonly parameters: UrlParameters;
}

/**
 * Reads a database URL by one rule: the last `@` ends the credentials, the first `:` in them begins the password.
 * So a password may hold any character, raw or percent-encoded; an `@` behind the host is written `%40`.
 *
 * @example
 * ```ts
 * parseDatabaseUrl('postgres://app:p@ss/w:rd#?%@db.internal/shop?sslmode=verify-full', engines);
 * ```
 */
export function parseDatabaseUrl(text: string, engines: readonly Engine[], subject = 'the URL'): DatabaseUrl {
  const { head, rest } = splitScheme(text.trim(), engines, subject);
  const [scheme, driver] = splitOnce(head, '+');
  const engine = engineOf(scheme, engines, subject);
  if (driver !== undefined) driverOf(driver, engine, subject); // refuses a name that no driver has
  const said = engine.inFile ? parseFileUrl(scheme, rest, engine, subject) : parseServerUrl(rest, engine, subject);
  return { engine, ...(driver === undefined ? {} : { driver }), ...said };
}

function splitScheme(text: string, engines: readonly Engine[], subject: string): { head: string; rest: string } {
  const found = /^([a-z][a-z0-9]*(?:\+[\w.:-]+?)?):(\/\/.*)$/is.exec(text) ?? /^([a-z][a-z0-9]*):(.*)$/is.exec(text);
  const [, head, rest] = found ?? [];
  if (head !== undefined && rest !== undefined) return { head, rest };
  throw new RowhouseError('CONFIG_INVALID', `${subject} has no scheme`, {
    hint: `a database URL begins with one of ${engines.flatMap((engine) => engine.schemes).join(', ')}`,
  });
}

function splitOnce(text: string, separator: string): readonly [string, string?] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + separator.length)];
}
