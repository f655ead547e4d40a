import type { ColumnType } from '../../catalog/model/column-type.ts';
import type { Codec } from '../../dialect/codec.ts';
import type { NestedRules, NestedRows } from '../../dialect/nested-rules.ts';

/** Rows as arrays, gathered in the order that the aggregate is told. */
export const postgresNested: NestedRules = {
  limitsBefore: 0,
  counted: false,
  numbered: false,
  cell(column: string, type: ColumnType): string {
    return isPlain(type) ? column : `${column}::text`;
  },
  codec(type: ColumnType, codec: Codec): Codec {
    return keepsNumber(type) ? asIs(codec) : codec;
  },
  array(cells: readonly string[]): string {
    return `json_build_array(${cells.join(', ')})`;
  },
  element(subquery: string): string {
    return subquery;
  },
  rows({ row, source, order, limits: [limit] }: NestedRows): string {
    const sorted = order === '' ? '' : ` order by ${order}`;
    if (limit === undefined) return `(select json_agg(${row}${sorted}) ${source})`;
    return `(select json_agg(nested) from (select ${row} as nested ${source}${sorted} limit ${limit}) rows_of)`;
  },
};

/** Types whose JSON loses nothing; the others go as the text that the server prints outside of JSON. */
function isPlain(type: ColumnType): boolean {
  switch (type.kind) {
    case 'smallint':
    case 'integer':
    case 'real':
    case 'double':
    case 'boolean':
    case 'text':
    case 'varchar':
    case 'uuid':
    case 'enum':
      return true;
    case 'bigint':
    case 'decimal':
    case 'char':
    case 'bytes':
    case 'date':
    case 'time':
    case 'timestamp':
    case 'timestamptz':
    case 'interval':
    case 'json':
    case 'array':
    case 'vector':
    case 'native':
      return false;
  }
}

function keepsNumber(type: ColumnType): boolean {
  return type.kind === 'smallint' || type.kind === 'integer' || type.kind === 'boolean';
}

function asIs(codec: Codec): Codec {
  return { ...codec, decodesAsIs: true, decode: (value: unknown): unknown => value };
}
