import type { DatabaseUrl } from './database-url.ts';

/** The URL, password included, that says what `url` says: for another tool's command line or environment, not for a log. */
export function composeUrl(url: DatabaseUrl): string {
  const scheme = url.driver === undefined ? url.engine.name : `${url.engine.name}+${url.driver}`;
  const place = url.engine.inFile
    ? filePath(url)
    : `${credentials(url)}${authority(url)}/${encode(url.database ?? '')}`;
  return `${scheme}://${place}${query(url)}`;
}

function filePath(url: DatabaseUrl): string {
  return `/${(url.database ?? '').replaceAll(/[%?#]/g, encodeURIComponent)}`;
}

function credentials({ user, password }: DatabaseUrl): string {
  if (user === undefined && password === undefined) return '';
  return `${encode(user ?? '')}${password === undefined ? '' : `:${encode(password.open())}`}@`;
}

function authority({ host = '', port }: DatabaseUrl): string {
  const written = isSocket(host) ? '' : host.includes(':') ? `[${encodeURI(host)}]` : host;
  return port === undefined ? written : `${written}:${port}`;
}

function query({ host = '', parameters }: DatabaseUrl): string {
  const pairs = Object.entries(isSocket(host) ? { host, ...parameters } : parameters);
  if (pairs.length === 0) return '';
  return `?${pairs.map(([name, value]) => `${name}=${encode(value).replaceAll('%2F', '/')}`).join('&')}`;
}

function isSocket(host: string): boolean {
  return host.startsWith('/');
}

function encode(text: string): string {
  return encodeURIComponent(text);
}
