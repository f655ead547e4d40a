import type { ColumnType } from '../catalog/model/column-type.ts';

/** How an engine adds up columns. Everything is SQL text; what is whole or decimal stays exact. */
export interface AggregateRules {
  /** The sum of a whole or decimal column as text that loses no digit. */
  exactSum(column: string, type: ColumnType): string;
  /** The sum of a floating column. */
  floatSum(column: string): string;
  /** The mean as a 64-bit float. */
  average(column: string): string;
  /** The least or greatest value, as a cell of the column. */
  extreme(which: 'min' | 'max', column: string, type: ColumnType): string;
  /** What an exact sum is compared and sorted by. */
  exactKey(sum: string): string;
  /** A placeholder for decimal text to compare an exact sum with. */
  exactParameter(placeholder: string): string;
}
