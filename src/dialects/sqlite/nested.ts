import type { ColumnType } from '../../catalog/model/column-type.ts';
import type { Codec } from '../../dialect/codec.ts';
import type { NestedRules, NestedRows } from '../../dialect/nested-rules.ts';

/** Rows as arrays. What comes out of a subquery is text again until `json` says otherwise. */
export const sqliteNested: NestedRules = {
  limitsBefore: 0,
  counted: false,
  numbered: false,
  cell,
  codec,
  array(cells: readonly string[]): string {
    return `json_array(${cells.join(', ')})`;
  },
  element(subquery: string): string {
    return `json(${subquery})`;
  },
  rows({ row, source, order, limits: [limit] }: NestedRows): string {
    const sorted = order === '' ? '' : ` order by ${order}`;
    if (limit === undefined) return `(select json_group_array(${row}${sorted}) ${source})`;
    return `(select json_group_array(json(nested)) from (select ${row} as nested ${source}${sorted} limit ${limit}))`;
  },
};

/**
 * A cell keeps its storage class, so that what does not belong into its column is refused as it is outside of JSON.
 * JSON has no bytes, and its whole numbers are only read up to 2^53.
 */
function cell(column: string, type: ColumnType): string {
  switch (type.kind) {
    case 'bytes':
      return `case typeof(${column}) when 'blob' then hex(${column}) when 'null' then null else 0 end`;
    case 'bigint':
    case 'json':
    case 'native':
      return `iif(typeof(${column}) = 'integer', cast(${column} as text), ${column})`;
    case 'smallint':
    case 'integer':
    case 'decimal':
    case 'real':
    case 'double':
    case 'boolean':
    case 'text':
    case 'varchar':
    case 'char':
    case 'uuid':
    case 'date':
    case 'time':
    case 'timestamp':
    case 'timestamptz':
    case 'interval':
    case 'enum':
    case 'array':
    case 'vector':
      return column;
  }
}

function codec(type: ColumnType, own: Codec): Codec {
  const encode = (value: unknown): unknown => own.encode(value);
  if (type.kind === 'bytes') return { encode, decode: (raw) => own.decode(bytesOf(raw)) };
  if (type.kind === 'bigint') return { encode, decode: (raw) => own.decode(wholeOf(raw)) };
  return own;
}

/** A copy: a small Buffer shares its memory with others. */
function bytesOf(raw: unknown): unknown {
  return typeof raw === 'string' ? new Uint8Array(Buffer.from(raw, 'hex')) : raw;
}

function wholeOf(raw: unknown): unknown {
  return typeof raw === 'string' && /^-?\d+$/.test(raw) ? BigInt(raw) : raw;
}
