import type { ColumnType } from '../../../catalog/model/column-type.ts';

/** What the server says about the type of one column. */
export interface ReportedType {
  /** `column_type` of the information schema: `varchar(20)`, `int unsigned`. */
  readonly text: string;
  readonly collation: string | undefined;
  /** MariaDB keeps JSON as text with a check. */
  readonly isJson: boolean;
  /** The name for an enum of this column. */
  readonly enumName: string;
}

const sized = /^(varchar|char|time|datetime|vector)\((\d+)\)$/;
const integer = /^(smallint|int|bigint)(?:\(\d+\))?$/;
const decimal = /^decimal\((\d+),\s*(\d+)\)$/;

/** The column type in our words; `native` with the server's own text for what has none. */
export function parseType(reported: ReportedType): ColumnType {
  return (
    plainType(reported) ??
    integerType(reported.text) ??
    decimalType(reported.text) ??
    sizedType(reported) ?? { kind: 'native', type: reported.text }
  );
}

function plainType(reported: ReportedType): ColumnType | undefined {
  if (reported.text.startsWith('enum(')) return { kind: 'enum', name: reported.enumName };
  switch (reported.text) {
    case 'tinyint(1)':
      return { kind: 'boolean' };
    case 'float':
      return { kind: 'real' };
    case 'double':
    case 'date':
    case 'json':
    case 'uuid':
      return { kind: reported.text };
    case 'time':
      return { kind: 'time', precision: 0 };
    case 'datetime':
      return { kind: 'timestamp', precision: 0 };
    case 'longtext':
      return reported.isJson ? { kind: 'json' } : { kind: 'text' };
    case 'longblob':
      return { kind: 'bytes' };
  }
  return undefined;
}

function integerType(text: string): ColumnType | undefined {
  const [, word = ''] = integer.exec(text) ?? [];
  switch (word) {
    case 'smallint':
      return { kind: 'smallint' };
    case 'int':
      return { kind: 'integer' };
    case 'bigint':
      return { kind: 'bigint' };
  }
  return undefined;
}

function decimalType(text: string): ColumnType | undefined {
  const match = decimal.exec(text);
  return match === null ? undefined : { kind: 'decimal', precision: Number(match[1]), scale: Number(match[2]) };
}

function sizedType({ text, collation }: ReportedType): ColumnType | undefined {
  const [, word = '', digits] = sized.exec(text) ?? [];
  const size = Number(digits);
  switch (word) {
    case 'varchar':
      return size === 64 && collation === 'ascii_bin' ? { kind: 'interval' } : { kind: 'varchar', length: size };
    case 'char':
      return size === 36 && collation === 'ascii_bin' ? { kind: 'uuid' } : { kind: 'char', length: size };
    case 'time':
      return { kind: 'time', precision: size };
    case 'datetime':
      return { kind: 'timestamp', precision: size };
    case 'vector':
      return { kind: 'vector', dimensions: size };
  }
  return undefined;
}
