import type { ColumnType } from '../../catalog/model/column-type.ts';
import { qualified } from './text.ts';

/** The type as PostgreSQL's SQL spells it. */
export function printType(type: ColumnType): string {
  switch (type.kind) {
    case 'smallint':
    case 'integer':
    case 'bigint':
    case 'real':
    case 'boolean':
    case 'text':
    case 'uuid':
    case 'date':
    case 'interval':
      return type.kind;
    case 'decimal':
      return type.precision === undefined ? 'numeric' : `numeric(${type.precision}, ${type.scale ?? 0})`;
    case 'double':
      return 'double precision';
    case 'varchar':
    case 'char':
      return `${type.kind}(${type.length})`;
    case 'bytes':
      return 'bytea';
    case 'time':
    case 'timestamp':
    case 'timestamptz':
      // 6 is what the server takes without a word
      return type.precision === 6 ? type.kind : `${type.kind}(${type.precision})`;
    case 'json':
      return 'jsonb';
    case 'enum':
      return qualified(type);
    case 'array':
      return `${printType(type.of)}[]`;
    case 'vector':
      return `vector(${type.dimensions})`;
    case 'native':
      return type.type;
  }
}

const plainTypes: Readonly<Record<string, ColumnType>> = {
  smallint: { kind: 'smallint' },
  integer: { kind: 'integer' },
  bigint: { kind: 'bigint' },
  numeric: { kind: 'decimal' },
  real: { kind: 'real' },
  'double precision': { kind: 'double' },
  boolean: { kind: 'boolean' },
  text: { kind: 'text' },
  bytea: { kind: 'bytes' },
  uuid: { kind: 'uuid' },
  date: { kind: 'date' },
  interval: { kind: 'interval' },
  jsonb: { kind: 'json' },
};

const sizedType =
  /^(numeric|character varying|character|time|timestamp|vector)(?:\((\d+)(?:,(\d+))?\))?( with(?:out)? time zone)?$/;

/** The type that `format_type` printed. Enums are told apart before; what has no word of ours stays the server's text. */
export function parseType(text: string): ColumnType {
  if (text.endsWith('[]')) return { kind: 'array', of: parseType(text.slice(0, -2)) };
  const plain = Object.hasOwn(plainTypes, text) ? plainTypes[text] : undefined;
  return plain ?? parseSizedType(text) ?? { kind: 'native', type: text };
}

function parseSizedType(text: string): ColumnType | undefined {
  const match = sizedType.exec(text);
  if (match === null) return undefined;
  const [, base, first, second, zone] = match;
  const size = first === undefined ? undefined : Number(first);
  switch (base) {
    case 'numeric':
      return size === undefined ? undefined : { kind: 'decimal', precision: size, scale: Number(second ?? 0) };
    case 'character varying':
      return size === undefined ? undefined : { kind: 'varchar', length: size };
    case 'character':
      return size === undefined ? undefined : { kind: 'char', length: size };
    case 'vector':
      return size === undefined ? undefined : { kind: 'vector', dimensions: size };
    case 'time':
      return zone === ' without time zone' ? { kind: 'time', precision: size ?? 6 } : undefined;
    case 'timestamp':
      return { kind: zone === ' without time zone' ? 'timestamp' : 'timestamptz', precision: size ?? 6 };
    case undefined:
      return undefined;
  }
  return undefined;
}
