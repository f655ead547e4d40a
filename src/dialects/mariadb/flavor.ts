import type { ServerFacts } from '../../dialect/dialect.ts';
import type { Flavor } from '../mysql/flavor.ts';
import { isAtLeast } from '../mysql/server-version.ts';
import { mariadbPlannedRows } from './planned-rows.ts';

/** The facts about MariaDB 10.11 and later. */
export function mariadbFlavor(facts: ServerFacts): Flavor {
  return {
    name: 'mariadb',
    variants: ['mariadb', 'mysql'],
    collation: 'utf8mb4_nopad_bin',
    uuidType: 'uuid',
    vectors: isAtLeast(facts.version, 11, 7),
    sequences: true,
    expressionKeys: 'generated-columns',
    generatedNotNull: false,
    unusedIndex: 'ignored',
    followsRenames: true,
    databaseWideChecks: false,
    replacesPrograms: true,
    algorithms: ['instant', 'nocopy', 'inplace', 'copy'],
    instantTakesLock: true,
    restrictsUnsaid: true,
    sharedLock: 'lock in share mode',
    descendingServes: true,
    orderedArrays: true,
    plannedRows: mariadbPlannedRows,
    returning: { insert: true, update: false, delete: true },
    onlyWithin: '@@in_transaction',
    statementTimeout: { variable: 'max_statement_time', unitsPerMs: 0.001 },
  };
}
