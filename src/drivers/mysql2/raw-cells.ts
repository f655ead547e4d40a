import { shortestFloat32 } from './float32.ts';
import type { MysqlField } from './library.ts';

/** Codes of the protocol for the types whose cells the library gives in another form than we promise. */
const floatType = 4;
const vectorType = 242;

/** Columns whose cells need a second look: those with 32-bit floats. */
export function float32Columns(fields: readonly MysqlField[]): readonly number[] {
  const columns: number[] = [];
  for (const [index, { columnType }] of fields.entries()) {
    if (columnType === floatType || columnType === vectorType) columns.push(index);
  }
  return columns;
}

/** Replaces the 32-bit floats of these columns, in place: the rows are ours alone and there may be many. */
export function shortenFloats(rows: readonly unknown[][], columns: readonly number[]): void {
  for (const row of rows) {
    for (const column of columns) {
      const cell = row[column];
      if (typeof cell === 'number') row[column] = shortestFloat32(cell);
      else if (Array.isArray(cell)) row[column] = cell.map(shortestFloat32);
    }
  }
}
