import { loadDriver } from '../../../src/connect/load-driver.ts';
import { fromUrl } from '../../../src/connect/from-environment.ts';
import type { Database } from '../../../src/database/database.ts';
import { openDatabase } from '../../../src/database/open-database.ts';

/** Opens a database of the test servers, which speak without TLS; paths of files are absolute. */
export async function openSample(url: string): Promise<Database> {
  const settings = fromUrl(url.replace(/^(sqlite[^:]*):\/{3}(?!\/)/, '$1:////'));
  const driver = await loadDriver(settings.engine, settings.driver);
  const plain = { ...settings.write, tls: { mode: 'disable' } as const };
  return await openDatabase({ engine: settings.engine, driver, target: plain });
}
