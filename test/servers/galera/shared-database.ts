import { createConnection } from 'mysql2/promise';
import { temporaryDatabase } from '../../../src/testing/database/temporary-database.ts';
import type { DatabaseServer } from '../../../src/testing/server/private-server.ts';
import { until } from '../../../src/testing/server/until.ts';

/** One database on all nodes of a cluster. It lives as long as its `await using` block. */
export interface SharedDatabase extends AsyncDisposable {
  readonly urls: readonly [string, string, string];
}

/** Makes a database on the first of three nodes and waits until the others have it. */
export async function sharedDatabase(nodes: readonly DatabaseServer[]): Promise<SharedDatabase> {
  const [first, second, third] = nodes;
  if (first === undefined || second === undefined || third === undefined)
    throw new RangeError('three nodes are needed');
  const temporary = await temporaryDatabase(first);
  const urls = [temporary.url, second.url(temporary.name), third.url(temporary.name)] as const;
  for (const url of urls) await until(async () => await isThere(url), { withinMs: 10_000 });
  return { urls, [Symbol.asyncDispose]: async () => await temporary[Symbol.asyncDispose]() };
}

async function isThere(url: string): Promise<boolean> {
  try {
    const connection = await createConnection(url.replace(/^mariadb:/, 'mysql:'));
    connection.destroy();
    return true;
  } catch {
    return false; // the node has not applied it yet
  }
}
