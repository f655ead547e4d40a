import type { ColumnType } from '../../catalog/model/column-type.ts';

/**
 * Encoded values as one JSON array that SQLite reads back exactly: whole numbers stay 64-bit, numbers of floating
 * columns keep their point, bytes travel as hex digits (`unboxed` turns them back).
 */
export function jsonList(values: readonly unknown[], typeOf: (position: number) => ColumnType): string {
  return `[${values.map((value, position) => jsonCell(value, typeOf(position))).join(',')}]`;
}

/** The SQL that gives back what `jsonList` wrote: `expression` reads the array's element. */
export function unboxed(expression: string, type: ColumnType): string {
  return type.kind === 'bytes' ? `unhex(${expression})` : expression;
}

function jsonCell(value: unknown, type: ColumnType): string {
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'number') return isFloating(type) ? floatingNumber(value) : String(value);
  if (value instanceof Uint8Array) return `"${hex(value)}"`;
  return JSON.stringify(value);
}

function isFloating(type: ColumnType): boolean {
  return type.kind === 'double' || type.kind === 'real';
}

/** JSON's `1` is an integer to SQLite, and one past 2^53 is not the double that was meant. */
function floatingNumber(value: number): string {
  const text = String(value);
  return Number.isInteger(value) && !text.includes('e') ? `${text}.0` : text;
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');
}
