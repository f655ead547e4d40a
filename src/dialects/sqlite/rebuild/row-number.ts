import { findColumn, type TableShape } from './table-shape.ts';

const names = ['rowid', '_rowid_', 'oid'] as const;

/**
 * The word by which a copy carries the number of each row over; undefined where a column carries it, or where the number
 * cannot be seen in one of the tables.
 */
export function unseenRowNumber(from: TableShape, to: TableShape): string | undefined {
  if (from.withoutRowid || to.withoutRowid) return undefined;
  if (to.rowNumber !== undefined && findColumn(from, to.rowNumber) !== undefined) return undefined;
  return names.find((name) => findColumn(from, name) === undefined && findColumn(to, name) === undefined);
}
