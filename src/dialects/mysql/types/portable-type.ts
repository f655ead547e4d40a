import type { ColumnType } from '../../../catalog/model/column-type.ts';

const bytes = /^(?:(?:tiny|medium)?blob|(?:var)?binary\(\d+\))$/;
const timestamp = /^timestamp(?:\((\d)\))?$/;
const unsignedDecimal = /^decimal\((\d+),\s*(\d+)\) unsigned$/;

/** The type of ours that holds every value of one of the server's own, and reads its cells; undefined where none does. */
export function portableType(text: string): ColumnType | undefined {
  const [, precision = '0'] = timestamp.exec(text) ?? [];
  const decimal = unsignedDecimal.exec(text);
  if (decimal !== null) return { kind: 'decimal', precision: Number(decimal[1]), scale: Number(decimal[2]) };
  if (timestamp.test(text)) return { kind: 'timestamptz', precision: Number(precision) };
  if (bytes.test(text)) return { kind: 'bytes' };
  switch (text.replace(/\(\d+\)/, '').replace(' zerofill', '')) {
    case 'tinyint':
    case 'tinyint unsigned':
    case 'year':
      return { kind: 'smallint' };
    case 'smallint unsigned':
    case 'mediumint':
    case 'mediumint unsigned':
      return { kind: 'integer' };
    case 'int unsigned':
      return { kind: 'bigint' };
    case 'bigint unsigned':
      return { kind: 'decimal', precision: 20, scale: 0 };
    case 'tinytext':
    case 'text':
    case 'mediumtext':
      return { kind: 'text' };
  }
  return undefined;
}
