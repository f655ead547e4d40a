import type { Engine } from '../dialect/engine.ts';
import { RowhouseError } from '../errors/rowhouse-error.ts';
import type { DatabaseUrl } from './database-url.ts';
import { decoded } from './percent.ts';
import { Secret } from './secret.ts';
import { parseUrlParameters, type UrlParameters } from './url-parameter.ts';

/**
 * Reads what follows `scheme:` in the URL of a server.
 * No message repeats a part of it: a URL that lacks its `@` has the password where the port is.
 */
export function parseServerUrl(rest: string, engine: Engine, subject: string): Omit<DatabaseUrl, 'engine' | 'driver'> {
  if (!rest.startsWith('//')) throw invalid(subject, 'is not a URL: `//` is missing after the scheme');
  const at = rest.lastIndexOf('@');
  const place = /^(\[[^\]]*\]|[^:/?]*)(?::([^/?]*))?(?:\/([^?]*))?(?:\?(.*))?$/s.exec(rest.slice(at < 0 ? 2 : at + 1));
  if (!place) throw invalid(subject, 'has a host that cannot be read');
  const [, host = '', port = '', database = '', query = ''] = place;
  return {
    ...credentials(at < 0 ? undefined : rest.slice(2, at)),
    database: databaseName(database, subject),
    ...hostAndPort(host, port, parseUrlParameters(query, engine, subject), subject),
  };
}

/** A host as it is written in a URL or a variable, brought to the form that a socket takes. */
export function parseHost(written: string, subject: string): string {
  const host = decoded(written).replace(/^\[(.*)\]$/s, '$1');
  if (host.startsWith('/') || /^[^\s,/:?#@[\]\\]+$/.test(host)) return host;
  if (process.getBuiltinModule('node:net').isIPv6(host)) return host;
  throw invalid(subject, 'has a host that cannot be read');
}

function credentials(written: string | undefined): Pick<DatabaseUrl, 'user' | 'password'> {
  if (written === undefined) return {};
  const colon = written.indexOf(':');
  if (colon < 0) return { user: decoded(written) || undefined };
  return {
    user: decoded(written.slice(0, colon)) || undefined,
    password: new Secret(decoded(written.slice(colon + 1))),
  };
}

function databaseName(written: string, subject: string): string | undefined {
  if (written.includes('/')) throw invalid(subject, 'has a database name with a `/`');
  return decoded(written) || undefined;
}

function hostAndPort(
  host: string,
  port: string,
  { host: otherHost, port: otherPort, ...parameters }: UrlParameters,
  subject: string,
): Pick<DatabaseUrl, 'host' | 'port' | 'parameters'> {
  return {
    host: single(
      [host, otherHost].filter(Boolean).map((written) => parseHost(written ?? '', subject)),
      'host',
      subject,
    ),
    port: single(
      [port, otherPort].filter(Boolean).map((written) => parsePort(written ?? '', subject)),
      'port',
      subject,
    ),
    parameters,
  };
}

function parsePort(written: string, subject: string): number {
  const port = /^\d{1,5}$/.test(written) ? Number(written) : 0;
  if (port >= 1 && port <= 65_535) return port;
  throw invalid(subject, 'has a port that is not a whole number from 1 to 65535');
}

function single<T>(values: readonly T[], what: string, subject: string): T | undefined {
  if (new Set(values).size > 1) throw new RowhouseError('CONFIG_CONFLICT', `${subject} names two different ${what}s`);
  return values[0];
}

function invalid(subject: string, problem: string): RowhouseError {
  return new RowhouseError('CONFIG_INVALID', `${subject} ${problem}`, {
    hint: 'the form is scheme://user:password@host:port/database?name=value; behind the host write @ as %40, / as %2F',
  });
}
