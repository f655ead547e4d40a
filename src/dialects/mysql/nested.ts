import type { ColumnType } from '../../catalog/model/column-type.ts';
import type { Codec } from '../../dialect/codec.ts';
import type { NestedRules, NestedRows } from '../../dialect/nested-rules.ts';
import type { Flavor } from './flavor.ts';
import { isBytes } from './json-column.ts';

/**
 * Rows as arrays. Where the aggregate takes an order and a limit it gets them; where it does not, the rows come from a
 * derived table and carry their number.
 *
 * What is longer than `max_allowed_packet` is lost without an error: MariaDB cuts an array there and closes it again, and
 * an array around a longer one is null on both. So the number of rows always comes along, and null is never an answer.
 */
export function mysqlNested({ orderedArrays }: Flavor): NestedRules {
  return {
    limitsBefore: orderedArrays ? 2 : 0,
    counted: true,
    numbered: !orderedArrays,
    cell,
    codec: (type, codec) => (isBytes(type) ? base64(codec) : codec),
    array: (cells) => `json_array(${cells.join(', ')})`,
    element: (subquery) => subquery,
    rows: orderedArrays ? orderedRows : derivedRows,
  };
}

/** Most of the array is what the limit says; the number must say so too. */
function orderedRows({ row, source, order, limits: [limit, most] }: NestedRows): string {
  const sorted = order === '' ? '' : ` order by ${order}`;
  const count = most === undefined ? 'count(*)' : `least(count(*), ${most})`;
  const array = `json_arrayagg(${row}${sorted}${limit === undefined ? '' : ` limit ${limit}`})`;
  return `(select json_array(${array}, ${count}) ${source})`;
}

function derivedRows({ row, source, order, limits: [limit] }: NestedRows): string {
  if (order === '' && limit === undefined) return `(select json_array(json_arrayagg(${row}), count(*)) ${source})`;
  const part = limit === undefined ? '' : `${order === '' ? '' : ` order by ${order}`} limit ${limit}`;
  return `(select json_array(json_arrayagg(nested), count(*)) from (select ${row} as nested ${source}${part}) rows_of)`;
}

/** Numbers that a double holds stay numbers; a 32-bit float is made a double first, lest its last digits go. */
function cell(column: string, type: ColumnType): string {
  if (isBytes(type)) return `to_base64(${column})`;
  switch (type.kind) {
    case 'smallint':
    case 'integer':
    case 'boolean':
    case 'double':
    case 'text':
    case 'varchar':
    case 'char':
    case 'enum':
    case 'interval':
      return column;
    case 'real':
      return `cast(${column} as double)`;
    case 'decimal':
      // Left to itself MySQL counts too few characters where all digits are behind the point, and cuts when it sorts.
      return `cast(${column} as char(70))`;
    case 'bigint':
    case 'bytes':
    case 'uuid':
    case 'date':
    case 'time':
    case 'timestamp':
    case 'timestamptz':
    case 'json':
    case 'array':
    case 'vector':
    case 'native':
      return `cast(${column} as char)`;
  }
}

function base64(codec: Codec): Codec {
  return {
    encode: (value) => codec.encode(value),
    decode: (raw) => codec.decode(Buffer.from(raw as string, 'base64')),
  };
}
