import type { ColumnType } from '../../catalog/model/column-type.ts';
import { invalidValue } from '../../dialect/codecs/invalid-value.ts';
import { jsonValue } from '../source/json-value.ts';
import type { JsonNode } from '../source/parse-json.ts';
import { momentOf } from '../../dialect/codecs/moment-of.ts';
import { bigintOf, bytesOf } from './scalar.ts';

/** The value of a column type from JSON. What it leaves as it is, is checked by the column's codec. */
export function fromJson(node: JsonNode, type: ColumnType): unknown {
  if (node.kind === 'null') return null;
  switch (type.kind) {
    case 'bigint':
      return bigintOf(digitsOf(node, 'a whole number of 64 bits'));
    case 'decimal':
      return digitsOf(node, 'a decimal number');
    case 'timestamptz':
      return type.precision > 3 ? jsonValue(node) : momentOf(textOf(node, 'a moment like 2026-11-21T13:45:00Z'));
    case 'bytes':
      return bytesOf(textOf(node, 'bytes in base64'));
    case 'array':
      if (node.kind !== 'array') throw invalidValue('a list');
      return node.items.map((item) => fromJson(item, type.of));
    case 'smallint':
    case 'integer':
    case 'real':
    case 'double':
    case 'boolean':
    case 'json':
    case 'vector':
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
      return jsonValue(node);
  }
}

/** The digits as they were written: JavaScript's numbers would lose some of a long one. */
function digitsOf(node: JsonNode, expected: string): string {
  return node.kind === 'number' ? node.text : textOf(node, expected);
}

function textOf(node: JsonNode, expected: string): string {
  if (node.kind === 'string') return node.value;
  throw invalidValue(expected);
}
