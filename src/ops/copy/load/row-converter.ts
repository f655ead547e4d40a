import { RowhouseError } from '../../../errors/rowhouse-error.ts';
import type { CopiedColumn, TableCopy } from '../plan/copy-plan.ts';

/** A raw row of one side as the values that users hold. Errors name the column, never the value. */
export function decodeRow(
  row: readonly unknown[],
  columns: readonly CopiedColumn[],
  table: string,
): readonly unknown[] {
  return columns.map((column, place) => {
    const cell = row[place];
    return cell === null || cell === undefined ? null : named(column, table, () => column.codec.decode(cell));
  });
}

/** Values that users hold in the wire form of the target. */
export function encodeRow(values: readonly unknown[], { to, name }: TableCopy): readonly unknown[] {
  return to.columns.map((column, place) => {
    const value = values[place];
    return value === null ? null : named(column, name, () => column.codec.encode(value));
  });
}

function named<T>(column: CopiedColumn, table: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!RowhouseError.has(error, 'VALUE_INVALID')) throw error;
    throw new RowhouseError('VALUE_INVALID', `${table}.${column.label} holds a value that is no ${column.type.kind}`, {
      details: { table, column: column.label, type: column.type.kind },
      hint: 'correct the value in the source, or give the column a wider type',
      cause: error,
    });
  }
}
