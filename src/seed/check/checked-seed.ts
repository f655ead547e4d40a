import type { AnyTable } from '../../schema/table/table.ts';
import type { TablePlan } from '../../repository/table-plan.ts';
import type { Place } from '../seed-error.ts';

/** Rows that fit their table: every column is known, every value is one the column can hold. */
export interface CheckedRows {
  readonly file: string;
  readonly table: AnyTable;
  readonly plan: TablePlan;
  /** Properties of the natural key. */
  readonly key: readonly string[];
  readonly rows: readonly CheckedRow[];
}

export interface CheckedRow {
  readonly place: Place;
  readonly values: Readonly<Record<string, unknown>>;
  readonly references: readonly CheckedReference[];
}

/** A property whose value is a column of another row, which is found by other columns of it. */
export interface CheckedReference {
  readonly property: string;
  readonly place: Place;
  readonly table: AnyTable;
  /** The property of the other row to take. */
  readonly target: string;
  readonly match: Readonly<Record<string, unknown>>;
}
