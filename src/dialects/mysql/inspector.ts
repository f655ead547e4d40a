import type { Inspector } from '../../dialect/inspector.ts';
import type { Flavor } from './flavor.ts';
import type { CatalogQueries } from './inspect/catalog-queries.ts';
import { holds } from './inspect/holds.ts';

/** Reads a database of the family. How a whole one is read is loaded when that is asked for: most sessions never do. */
export function mysqlInspector(flavor: Flavor, queries: CatalogQueries): Inspector {
  return {
    async inspect(connection, options = {}) {
      const { readCatalog } = await import('./inspect/read-catalog.ts');
      return await readCatalog(connection, options, flavor, queries);
    },
    holds,
  };
}
