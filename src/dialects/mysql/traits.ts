import type { Traits } from '../../dialect/traits.ts';
import type { Flavor } from './flavor.ts';

/** The numbers and booleans of the MySQL family. A namespace would be another database, so there are none. */
export function mysqlTraits(flavor: Flavor): Traits {
  return {
    identifierLimit: { length: 64, unit: 'characters' },
    transactionalDefinitions: false,
    parameterLimit: 65_535,
    namedEnums: false,
    materializedViews: false,
    namespaces: false,
    sequences: flavor.sequences,
    cancellation: true,
    statementTimeout: true,
    concurrentWriters: true,
  };
}
