import type { ServerFacts } from '../../dialect/dialect.ts';
import type { PlannedRows } from '../../dialect/planned-rows.ts';
import { mysqlPlannedRows } from './planned-rows.ts';
import { isAtLeast } from './server-version.ts';

/** What tells the servers of the MySQL family apart. Everything else about them is the same and lives in this folder. */
export interface Flavor {
  readonly name: string;
  /** The keys of per-engine SQL text, first match wins. */
  readonly variants: readonly string[];
  /** The binary collation without padding that our tables get. */
  readonly collation: string;
  /** The column type of a UUID. */
  readonly uuidType: string;
  readonly vectors: boolean;
  readonly sequences: boolean;
  /** How an index holds an expression: as a key part, or through an invisible generated column. */
  readonly expressionKeys: 'functional' | 'generated-columns';
  /** Generated columns can be `not null`; else a check of ours says it. */
  readonly generatedNotNull: boolean;
  /** The word for an index that the optimizer does not use. */
  readonly unusedIndex: 'invisible' | 'ignored';
  /** A column that gets another name gets it in the checks, generated columns and indexes that speak of it too. */
  readonly followsRenames: boolean;
  /** Two tables of a database cannot have checks of the same name. */
  readonly databaseWideChecks: boolean;
  /** `create or replace` makes triggers, routines and events too. */
  readonly replacesPrograms: boolean;
  /** The ways in which `alter table` can be asked for, the gentlest first. */
  readonly algorithms: readonly ('instant' | 'nocopy' | 'inplace' | 'copy')[];
  /** `algorithm=instant` can be said together with a lock. */
  readonly instantTakesLock: boolean;
  /** A foreign key that says no action restricts; said aloud while it is made in place, it becomes `no action`. */
  readonly restrictsUnsaid: boolean;
  /** How rows are read under a weak lock. */
  readonly sharedLock: 'for share' | 'lock in share mode';
  /** An index with a descending part serves a foreign key; else the key gets one of its own beside it. */
  readonly descendingServes: boolean;
  /** `json_arrayagg` takes an order and a limit. */
  readonly orderedArrays: boolean;
  readonly plannedRows: PlannedRows;
  readonly returning: { readonly insert: boolean; readonly update: boolean; readonly delete: boolean };
  /** See `QueryRules`. */
  readonly onlyWithin: string | undefined;
  /** The session variable that bounds statements in time, and how many of its units a millisecond is. */
  readonly statementTimeout: { readonly variable: string; readonly unitsPerMs: number };
}

/** The facts about MySQL 8.0 to 9.x. */
export function mysqlFlavor(facts: ServerFacts): Flavor {
  return {
    name: 'mysql',
    variants: ['mysql'],
    collation: 'utf8mb4_0900_bin',
    uuidType: 'char(36) character set ascii collate ascii_bin',
    vectors: isAtLeast(facts.version, 9),
    sequences: false,
    expressionKeys: 'functional',
    generatedNotNull: true,
    unusedIndex: 'invisible',
    followsRenames: false,
    databaseWideChecks: true,
    replacesPrograms: false,
    algorithms: ['instant', 'inplace', 'copy'],
    instantTakesLock: false,
    restrictsUnsaid: false,
    sharedLock: 'for share',
    descendingServes: false,
    orderedArrays: false,
    plannedRows: mysqlPlannedRows,
    returning: { insert: false, update: false, delete: false },
    onlyWithin: undefined,
    // Bounds reads only: MySQL has no bound for statements that write.
    statementTimeout: { variable: 'max_execution_time', unitsPerMs: 1 },
  };
}
