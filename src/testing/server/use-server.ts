import { databaseHome, engineOf } from '../databases/database-homes.ts';
import type { DatabaseServer } from './private-server.ts';

/**
 * A server that runs already, given by the URL of its administrator. It is left as it is, but for the templates of
 * databases that were made with a key.
 *
 * @example
 * ```ts
 * const url = process.env.TEST_POSTGRESQL_URL;
 * const server = url ? await useServer(url) : await startServer({ engine: 'postgresql' });
 * ```
 */
export async function useServer(administratorUrl: string): Promise<DatabaseServer> {
  return serverAt(administratorUrl, await databaseHome(administratorUrl).serverVersion(administratorUrl));
}

/** The same where the version is known already. */
export function serverAt(administratorUrl: string, version: string): DatabaseServer {
  return {
    engine: engineOf(administratorUrl),
    version,
    url: (database, options = {}) => {
      const url = new URL(administratorUrl);
      if (database !== undefined) url.pathname = `/${encodeURIComponent(database)}`;
      if (options.user === undefined) return url.href;
      url.username = encodeURIComponent(options.user);
      url.password = encodeURIComponent(options.password ?? '');
      return url.href;
    },
  };
}
