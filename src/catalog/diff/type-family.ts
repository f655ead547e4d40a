import type { ColumnType } from '../model/column-type.ts';

const nativeFamilies: readonly (readonly [RegExp, string])[] = [
  [/int|serial|decimal|numeric|float|double|real|money|number|^year/i, 'number'],
  [/char|text|clob|string|^citext|^name$/i, 'text'],
  [/json/i, 'json'],
  [/time|date/i, 'moment'],
  [/blob|binary|bytea/i, 'bytes'],
];

/**
 * Types that hold the same sort of value, so that a column of one could be a renamed column of the other. A type that
 * only its engine knows is put with the family that its name tells, else it is one by itself.
 */
export function typeFamily(type: ColumnType): string {
  switch (type.kind) {
    case 'smallint':
    case 'integer':
    case 'bigint':
    case 'decimal':
    case 'real':
    case 'double':
      return 'number';
    case 'text':
    case 'varchar':
    case 'char':
    case 'enum':
      return 'text';
    case 'date':
    case 'timestamp':
    case 'timestamptz':
      return 'moment';
    case 'array':
      return `array of ${typeFamily(type.of)}`;
    case 'native':
      return nativeFamily(type.type);
    case 'boolean':
    case 'bytes':
    case 'uuid':
    case 'time':
    case 'interval':
    case 'json':
    case 'vector':
      return type.kind;
  }
}

function nativeFamily(type: string): string {
  return nativeFamilies.find(([pattern]) => pattern.test(type))?.[1] ?? type.toLowerCase();
}
