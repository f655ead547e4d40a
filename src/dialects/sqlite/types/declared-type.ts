import type { ColumnType } from '../../../catalog/model/column-type.ts';

/** Words and a size in brackets: what SQLite reads as a type without quotes. */
const plainType = /^(?:[a-z_][a-z_0-9]*(?: [a-z_][a-z_0-9]*)*(?: ?\([0-9]+(?:, ?[0-9]+)?\))?)?$/i;

/** The digits that a 64-bit float keeps of any decimal number. */
const floatDigits = 15;

/**
 * The type as SQLite's `create table` declares it. SQLite keeps the words and takes the storage from letters in them:
 * `text` or `char` keep text as it is, `int` whole numbers, `floa`, `real` and `doub` floats; the rest stores numbers.
 */
export function declaredType(type: ColumnType): string {
  switch (type.kind) {
    case 'smallint':
    case 'integer':
    case 'bigint':
    case 'double':
    case 'boolean':
    case 'text':
      return type.kind;
    case 'real':
      // A float of 32 bits; SQLite's own word `real` is one of 64.
      return 'float4';
    case 'decimal':
      return declaredDecimal(type);
    case 'varchar':
    case 'char':
      return `${type.kind}(${type.length})`;
    case 'bytes':
      return 'blob';
    case 'uuid':
    case 'date':
    case 'interval':
    case 'json':
    case 'enum':
      return `${type.kind}_text`;
    case 'time':
    case 'timestamp':
    case 'timestamptz':
      return `${type.kind}_text(${type.precision})`;
    case 'array':
      return `${declaredType(type.of)}[]`;
    case 'vector':
      return `vector(${type.dimensions})`;
    case 'native':
      return plainType.test(type.type) ? type.type : `"${type.type.replaceAll('"', '""')}"`;
  }
}

/** Is this a decimal that no float holds exactly, so that it is kept as text and compared by its key? */
export function isDecimalText(type: ColumnType): boolean {
  return type.kind === 'decimal' && (type.precision === undefined || type.precision > floatDigits);
}

/** The word of a STRICT table, where SQLite knows six only, that stores a type as `declaredType` would. */
export function strictType(type: ColumnType): string {
  switch (type.kind) {
    case 'smallint':
    case 'integer':
    case 'bigint':
    case 'boolean':
      return 'integer';
    case 'real':
    case 'double':
      return 'real';
    case 'decimal':
      return isDecimalText(type) ? 'text' : 'real';
    case 'bytes':
      return 'blob';
    case 'text':
    case 'varchar':
    case 'char':
    case 'uuid':
    case 'date':
    case 'time':
    case 'timestamp':
    case 'timestamptz':
    case 'interval':
    case 'json':
    case 'enum':
      return 'text';
    case 'array':
    case 'vector':
    case 'native':
      return 'any';
  }
}

function declaredDecimal(type: ColumnType & { kind: 'decimal' }): string {
  const word = isDecimalText(type) ? 'decimal_text' : 'decimal';
  return type.precision === undefined ? word : `${word}(${type.precision},${type.scale ?? 0})`;
}
