import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { DatabaseServer } from '../server/private-server.ts';
import { makeScratchDirectory } from '../server/scratch-directory.ts';

/** Which driver the files are for. */
export interface SqliteFilesOptions {
  /** The driver that the URLs name, e.g. `node`. Default: none, so the reader chooses. */
  readonly driver?: string | undefined;
}

/**
 * A place for SQLite databases that is used like a server: a directory that is removed with the `await using` block.
 *
 * @example
 * ```ts
 * await using files = await sqliteFiles({ driver: 'node' });
 * await using database = await temporaryDatabase(files);
 * ```
 */
export async function sqliteFiles(options: SqliteFilesOptions = {}): Promise<DatabaseServer & AsyncDisposable> {
  const directory = await makeScratchDirectory('rowhouse-sqlite-');
  const scheme = options.driver === undefined ? 'sqlite:' : `sqlite+${options.driver}:`;
  return {
    engine: 'sqlite',
    version: process.versions['sqlite'] ?? '',
    // Three slashes would make the path relative: the fourth is the path's own.
    url: (database = 'admin') => `${scheme}///${pathToFileURL(join(directory, database)).pathname}`,
    [Symbol.asyncDispose]: async () => await rm(directory, { recursive: true, force: true }),
  };
}
