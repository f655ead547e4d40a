import { databaseHome } from '../databases/database-homes.ts';
import type { Leak } from './leak.ts';

/**
 * Connections, open transactions and held locks that others have on this database right now.
 *
 * @example
 * ```ts
 * afterEach(async () => expect(await findLeaks(database)).toEqual([]));
 * ```
 */
export async function findLeaks(database: { readonly url: string }): Promise<readonly Leak[]> {
  return await databaseHome(database.url).findLeaks(database.url);
}
