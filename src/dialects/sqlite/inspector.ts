import type { Inspector } from '../../dialect/inspector.ts';
import { holds } from './inspect/holds.ts';

/** Reads a SQLite database. How a whole one is read is loaded when that is asked for: most sessions never do. */
export const sqliteInspector: Inspector = {
  async inspect(connection, options) {
    const { readCatalog } = await import('./inspect/read-catalog.ts');
    return await readCatalog(connection, options);
  },
  holds,
};
