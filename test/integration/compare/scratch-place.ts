import type { Database } from '../../../src/database/database.ts';
import type { ScratchPlace } from '../../../src/ops/compare/scratch-database.ts';
import type { TestServer } from '../../../src/testing/describe-each-server.ts';
import { openUrl } from '../database/open-url.ts';

/** A place that remembers the names or paths of the databases that were opened at it. */
export interface WatchedPlace extends ScratchPlace {
  readonly opened: readonly string[];
}

/** The server of a test as a place for scratch databases. */
export function scratchPlace(server: TestServer, url: string): WatchedPlace {
  const inFile = new URL(url).protocol.startsWith('sqlite');
  const opened: string[] = [];
  return {
    inFile,
    opened,
    async open(database): Promise<Database> {
      if (database === undefined) return await openUrl(url);
      opened.push(database);
      return await openUrl(inFile ? `${new URL(url).protocol}//${database}` : server.url(database));
    },
  };
}
