import type { Traits } from '../../dialect/traits.ts';

/** Facts about PostgreSQL 15 to 18. */
export const postgresTraits: Traits = {
  identifierLimit: { length: 63, unit: 'bytes' },
  transactionalDefinitions: true,
  parameterLimit: 65_535,
  namedEnums: true,
  materializedViews: true,
  namespaces: true,
  sequences: true,
  cancellation: true,
  statementTimeout: true,
  concurrentWriters: true,
};
