import type { Engine } from '../dialect/engine.ts';
import { RowhouseError } from '../errors/rowhouse-error.ts';
import type { DatabaseUrl } from './database-url.ts';
import { decoded } from './percent.ts';
import { parseUrlParameters } from './url-parameter.ts';

/**
 * Reads what follows `scheme:` in the URL of a database in a file: three slashes and a path that is relative unless a
 * fourth begins it; two slashes and a plain name; or what RFC 8089 says for the scheme `file`.
 */
export function parseFileUrl(
  scheme: string,
  rest: string,
  engine: Engine,
  subject: string,
): Pick<DatabaseUrl, 'database' | 'parameters'> {
  const [, written = '', query = ''] = /^([^?]*)(?:\?(.*))?$/s.exec(rest) ?? [];
  const path = decoded(scheme.toLowerCase() === 'file' ? rfcPath(written, subject) : plainPath(written));
  const parameters = parseUrlParameters(query, engine, subject);
  return path === '' ? { parameters } : { database: path, parameters };
}

function plainPath(written: string): string {
  return written.replace(/^\/\/\/?/, '');
}

function rfcPath(written: string, subject: string): string {
  const [, host = '', path = written] = /^\/\/([^/]*)(\/.*)?$/s.exec(written) ?? [];
  if (host === '' || host === 'localhost') return path;
  throw new RowhouseError('CONFIG_INVALID', `${subject} names a file on another host`, {
    hint: 'write file:app.db for a relative path, file:///var/lib/app.db for an absolute one',
  });
}
