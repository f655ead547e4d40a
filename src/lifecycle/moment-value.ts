import type { ColumnType } from '../catalog/model/column-type.ts';

/** A moment as a value of a column of this type; undefined where the column holds no moments. */
export function momentValue(moment: Date, type: ColumnType): Date | string | undefined {
  const text = moment.toISOString();
  if (type.kind === 'timestamptz') return type.precision <= 3 ? moment : text;
  if (type.kind === 'timestamp') return text.slice(0, type.precision === 0 ? 19 : 23);
  return type.kind === 'date' ? text.slice(0, 10) : undefined;
}
