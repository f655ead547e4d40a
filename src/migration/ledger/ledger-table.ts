import type { ColumnBuilder } from '../../schema/column/column-builder.ts';
import { now } from '../../schema/column/defaults.ts';
import { bigint, integer, text, timestamptz } from '../../schema/column/types.ts';
import { table, type Table } from '../../schema/table/table.ts';

/** The name of the ledger when the project does not choose one. */
export const defaultLedgerName = 'rowhouse_ledger';

/**
 * How a run stands. `running` and `stopped` are cut short: in a `stopped` run the next statement has surely not taken
 * effect, in a `running` one nobody knows. `abandoned` had no effect, or was settled by hand.
 */
export type RunState = 'running' | 'stopped' | 'done' | 'abandoned';

type LedgerColumns = {
  readonly entry: ColumnBuilder<bigint, 'optional', false>;
  readonly project: ColumnBuilder<string>;
  readonly service: ColumnBuilder<string>;
  readonly revision: ColumnBuilder<string>;
  readonly direction: ColumnBuilder<'up' | 'down' | 'stamp' | 'unstamp'>;
  readonly state: ColumnBuilder<RunState>;
  readonly checksum: ColumnBuilder<string>;
  readonly statementsDone: ColumnBuilder<number>;
  readonly failedStatement: ColumnBuilder<number | null, 'optional'>;
  readonly errorCode: ColumnBuilder<string | null, 'optional'>;
  readonly plan: ColumnBuilder<string>;
  readonly fingerprint: ColumnBuilder<string | null, 'optional'>;
  readonly actor: ColumnBuilder<string>;
  readonly toolVersion: ColumnBuilder<string>;
  readonly startedAt: ColumnBuilder<Date, 'optional'>;
  readonly finishedAt: ColumnBuilder<Date | null, 'optional'>;
};

/**
 * The ledger: one row for each time a revision was applied, taken back or stamped; rows are only added and ended.
 * `failedStatement` counts from 1 and tells, with `errorCode`, what ended the last try of a run that is cut short.
 * `plan` is the SQL as run, one JSON list; `fingerprint` hashes what the engine reported after the last revision of a run.
 */
export type LedgerTable = Table<LedgerColumns>;

const tables = new Map<string, LedgerTable>();

export function ledgerTable(name: string): LedgerTable {
  const known = tables.get(name);
  if (known !== undefined) return known;
  const made: LedgerTable = table(name, {
    entry: bigint().identity().primaryKey(),
    project: text({ max: 100 }),
    service: text({ max: 100 }),
    revision: text({ max: 100 }),
    direction: text({ max: 10 }).as<'up' | 'down' | 'stamp' | 'unstamp'>(),
    state: text({ max: 10 }).as<RunState>(),
    checksum: text({ max: 64 }),
    statementsDone: integer(),
    failedStatement: integer().null(),
    errorCode: text({ max: 40 }).null(),
    plan: text(),
    fingerprint: text({ max: 64 }).null(),
    actor: text({ max: 255 }),
    toolVersion: text({ max: 40 }),
    startedAt: timestamptz().default(now()),
    finishedAt: timestamptz().null(),
  });
  tables.set(name, made);
  return made;
}
