import type { Traits } from '../../dialect/traits.ts';

/** What SQLite can do, as our drivers build it. */
export const sqliteTraits: Traits = {
  /** SQLite itself bounds only the whole statement, at 1,000,000,000 bytes; past 10,000 characters no other engine follows. */
  identifierLimit: { length: 10_000, unit: 'characters' },
  transactionalDefinitions: true,
  parameterLimit: 32_766,
  namedEnums: false,
  materializedViews: false,
  namespaces: false,
  sequences: false,
  cancellation: false,
  statementTimeout: false,
  concurrentWriters: false,
};
