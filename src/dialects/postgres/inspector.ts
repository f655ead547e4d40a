import type { ServerFacts } from '../../dialect/dialect.ts';
import type { Inspector } from '../../dialect/inspector.ts';
import { holds } from './inspect/holds.ts';

/** Reads a PostgreSQL database. How a whole one is read is loaded when that is asked for: most sessions never do. */
export function postgresInspector(facts: ServerFacts): Inspector {
  return {
    async inspect(connection, options) {
      const { readCatalog } = await import('./inspect/read-catalog.ts');
      return await readCatalog(connection, facts, options);
    },
    holds,
  };
}
