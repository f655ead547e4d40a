import type { ColumnType } from '../../catalog/model/column-type.ts';
import { invalidValue } from '../../dialect/codecs/invalid-value.ts';
import { parseJson } from '../source/parse-json.ts';
import { fromJson } from './from-json.ts';
import { momentOf } from '../../dialect/codecs/moment-of.ts';
import { bigintOf, bytesOf } from './scalar.ts';

/** The value of a column type from a cell of text. What it leaves as text is checked by the column's codec. */
export function fromText(text: string, type: ColumnType): unknown {
  switch (type.kind) {
    case 'smallint':
    case 'integer':
    case 'real':
    case 'double':
      return /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(text) ? Number(text) : text;
    case 'bigint':
      return bigintOf(text);
    case 'boolean':
      return booleanOf(text);
    case 'timestamptz':
      return type.precision > 3 ? text : momentOf(text);
    case 'bytes':
      return bytesOf(text);
    case 'json':
    case 'array':
    case 'vector':
      return fromJson(parseJson(text, 'the cell'), type);
    case 'decimal':
    case 'text':
    case 'varchar':
    case 'char':
    case 'uuid':
    case 'date':
    case 'time':
    case 'timestamp':
    case 'interval':
    case 'enum':
    case 'native':
      return text;
  }
}

/** `t` and `f` are what PostgreSQL exports, 1 and 0 what the others do. */
function booleanOf(text: string): boolean {
  const word = text.toLowerCase();
  if (['true', 't', '1'].includes(word)) return true;
  if (['false', 'f', '0'].includes(word)) return false;
  throw invalidValue('true or false');
}
