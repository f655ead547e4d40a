import type { ServerEngine, UrlOptions } from './private-server.ts';

/** A URL with its parts escaped; a different user without a password gets none. */
export function serverUrl(address: Address, database: string, options: UrlOptions = {}): string {
  const url = new URL(`${address.engine}://${address.host}:${address.port}`);
  url.pathname = `/${encodeURIComponent(database)}`;
  url.username = encodeURIComponent(options.user ?? address.user);
  url.password = encodeURIComponent(options.password ?? (options.user === undefined ? address.password : ''));
  return url.href;
}

export interface Address {
  readonly engine: ServerEngine;
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
}
