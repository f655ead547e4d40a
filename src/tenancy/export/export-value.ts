import type { ColumnType } from '../../catalog/model/column-type.ts';
import { jsonNull } from '../../util/json-null.ts';

/**
 * A value of a row as JSON, with all of its digits: 64-bit and decimal numbers are text, bytes are base64, moments are
 * ISO 8601 in UTC, numbers that JSON has not are `"NaN"`, `"Infinity"`, `"-Infinity"`. SQL NULL is null; the JSON
 * document null is `{"$json":null}`.
 */
export function exportValue(value: unknown, type: ColumnType): unknown {
  if (value === null || value === undefined) return null;
  switch (type.kind) {
    case 'array':
      return (value as readonly unknown[]).map((item) => exportValue(item, type.of));
    case 'json':
      return value === jsonNull ? { $json: null } : value;
    case 'bytes':
      return Buffer.from(value as Uint8Array).toString('base64');
    case 'real':
    case 'double':
      return typeof value === 'number' && !Number.isFinite(value) ? value.toString() : value;
    case 'vector':
      return [...(value as Iterable<number>)];
    case 'smallint':
    case 'integer':
    case 'bigint':
    case 'decimal':
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
    case 'native':
      return scalar(value);
  }
}

function scalar(value: unknown): unknown {
  if (typeof value === 'bigint') return value.toString();
  return value instanceof Date ? value.toISOString() : value;
}
