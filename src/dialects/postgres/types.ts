import { findEnum, type Catalog } from '../../catalog/model/catalog.ts';
import type { ColumnType } from '../../catalog/model/column-type.ts';
import { displayName } from '../../catalog/model/object-name.ts';
import type { Codec } from '../../dialect/codec.ts';
import { bigintText } from '../../dialect/codecs/bigint-text.ts';
import { dateText } from '../../dialect/codecs/date-text.ts';
import { decimalText } from '../../dialect/codecs/decimal-text.ts';
import { enumText } from '../../dialect/codecs/enum-text.ts';
import { doubleCodec, realCodec } from '../../dialect/codecs/float-codec.ts';
import { int32Codec, smallintCodec } from '../../dialect/codecs/integer-codec.ts';
import { intervalText } from '../../dialect/codecs/interval-text.ts';
import { jsonText } from '../../dialect/codecs/json-text.ts';
import { textCheck } from '../../dialect/codecs/text-check.ts';
import { timeText } from '../../dialect/codecs/time-text.ts';
import { timestampText } from '../../dialect/codecs/timestamp-text.ts';
import { timestamptzValue } from '../../dialect/codecs/timestamptz-value.ts';
import { uuidText } from '../../dialect/codecs/uuid-text.ts';
import { vectorText } from '../../dialect/codecs/vector-text.ts';
import type { ServerFacts } from '../../dialect/dialect.ts';
import type { TypeSystem } from '../../dialect/type-system.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { arrayCodec } from './codecs/array.ts';
import { booleanCodec } from './codecs/boolean.ts';
import { bytesCodec } from './codecs/bytes.ts';
import { parseType } from './type-text.ts';

/** What PostgreSQL knows of types. */
export function postgresTypes(facts: ServerFacts): TypeSystem {
  const unsupported = (type: ColumnType): string | undefined => reason(type, facts);
  return { unsupported, canonical, codec };
}

function reason(type: ColumnType, facts: ServerFacts): string | undefined {
  switch (type.kind) {
    case 'array':
      return type.of.kind === 'array' ? 'postgresql has no arrays of arrays; use json' : reason(type.of, facts);
    case 'vector':
      return facts.settings['vector'] === 'missing' ? 'the server has no pgvector extension; install it' : undefined;
    case 'decimal':
      return decimalReason(type.precision, type.scale ?? 0);
    case 'varchar':
    case 'char':
      return type.length < 1 || type.length > 10_485_760 ? 'a length is 1 to 10485760; use text' : undefined;
    case 'time':
    case 'timestamp':
    case 'timestamptz':
      return type.precision < 0 || type.precision > 6 ? 'a time has 0 to 6 digits of a second' : undefined;
    case 'smallint':
    case 'integer':
    case 'bigint':
    case 'real':
    case 'double':
    case 'boolean':
    case 'text':
    case 'bytes':
    case 'uuid':
    case 'date':
    case 'interval':
    case 'json':
    case 'enum':
    case 'native':
      return undefined;
  }
}

function decimalReason(precision: number | undefined, scale: number): string | undefined {
  if (precision === undefined) return undefined;
  if (precision < 1 || precision > 1000) return 'a decimal has 1 to 1000 digits; leave the precision out for more';
  return scale < 0 || scale > precision ? 'the scale of a decimal is 0 to its precision' : undefined;
}

function canonical(type: ColumnType): ColumnType {
  switch (type.kind) {
    case 'decimal':
      return type.precision === undefined ? { kind: 'decimal' } : { ...type, scale: type.scale ?? 0 };
    case 'array':
      return { kind: 'array', of: canonical(type.of) };
    case 'native':
      return parseType(type.type.toLowerCase());
    case 'smallint':
    case 'integer':
    case 'bigint':
    case 'real':
    case 'double':
    case 'boolean':
    case 'text':
    case 'varchar':
    case 'char':
    case 'bytes':
    case 'uuid':
    case 'date':
    case 'time':
    case 'timestamp':
    case 'timestamptz':
    case 'interval':
    case 'json':
    case 'enum':
    case 'vector':
      return type;
  }
}

function codec(type: ColumnType, catalog: Catalog): Codec {
  switch (type.kind) {
    case 'smallint':
      return smallintCodec;
    case 'integer':
      return int32Codec;
    case 'bigint':
      return bigintText;
    case 'decimal':
      return decimalText(type.precision, type.scale);
    case 'real':
      return realCodec;
    case 'double':
      return doubleCodec;
    case 'boolean':
      return booleanCodec;
    case 'text':
    case 'native':
      return textCheck();
    case 'varchar':
      return textCheck({ length: type.length });
    case 'char':
      return textCheck({ length: type.length, padded: true });
    case 'bytes':
      return bytesCodec;
    case 'uuid':
      return uuidText;
    case 'date':
      return dateText;
    case 'time':
      return timeText(type.precision);
    case 'timestamp':
      return timestampText(type.precision);
    case 'timestamptz':
      return timestamptzValue(type.precision);
    case 'interval':
      return intervalText;
    case 'json':
      return jsonText;
    case 'enum':
      return enumCodec(type, catalog);
    case 'array':
      return arrayCodec(codec(type.of, catalog));
    case 'vector':
      return vectorText(type.dimensions);
  }
}

function enumCodec(type: Extract<ColumnType, { kind: 'enum' }>, catalog: Catalog): Codec {
  const found = findEnum(catalog, type);
  if (found !== undefined) return enumText(found);
  const name = displayName(type);
  throw new RowhouseError('SCHEMA_INVALID', `there is no enum ${name} in the catalog`, { details: { enum: name } });
}
