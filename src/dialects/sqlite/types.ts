import { findEnum, type Catalog } from '../../catalog/model/catalog.ts';
import type { ColumnType } from '../../catalog/model/column-type.ts';
import { displayName } from '../../catalog/model/object-name.ts';
import type { Codec } from '../../dialect/codec.ts';
import { enumText } from '../../dialect/codecs/enum-text.ts';
import { int32Codec, smallintCodec } from '../../dialect/codecs/integer-codec.ts';
import { intervalText } from '../../dialect/codecs/interval-text.ts';
import { textCheck } from '../../dialect/codecs/text-check.ts';
import { timeText } from '../../dialect/codecs/time-text.ts';
import { timestamptzValue } from '../../dialect/codecs/timestamptz-value.ts';
import { uuidText } from '../../dialect/codecs/uuid-text.ts';
import type { TypeSystem } from '../../dialect/type-system.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { decimalAsNumber, decimalAsText } from './codecs/decimal-codecs.ts';
import { float32, float64, wholeBigint, wholeNumber, zeroOrOne } from './codecs/number-codecs.ts';
import { blob, dayText, jsonDocument, nativeText, storedText, timestampWithBlank } from './codecs/text-codecs.ts';
import { isDecimalText } from './types/declared-type.ts';
import { readType } from './types/read-type.ts';

/** What SQLite knows of types: five storage classes, and the declared type that says which of ours a column holds. */
export const sqliteTypes: TypeSystem = { unsupported, canonical, codec };

function unsupported(type: ColumnType): string | undefined {
  if (type.kind === 'array') return 'sqlite has no arrays: use json';
  if (type.kind === 'vector') return 'sqlite has no vectors: use json';
  return undefined;
}

function canonical(type: ColumnType): ColumnType {
  if (type.kind === 'native') return readType(type.type);
  if (type.kind === 'decimal' && type.precision !== undefined) return { scale: 0, ...type };
  return type;
}

function codec(type: ColumnType, catalog: Catalog): Codec {
  switch (type.kind) {
    case 'smallint':
      return wholeNumber(smallintCodec);
    case 'integer':
      return wholeNumber(int32Codec);
    case 'bigint':
      return wholeBigint;
    case 'decimal':
      return type.precision === undefined || isDecimalText(type)
        ? decimalAsText(type.precision, type.scale)
        : decimalAsNumber(type.precision, type.scale ?? 0);
    case 'real':
      return float32;
    case 'double':
      return float64;
    case 'boolean':
      return zeroOrOne;
    case 'text':
      return storedText(textCheck());
    case 'varchar':
      return storedText(textCheck({ length: type.length }));
    case 'char':
      return storedText(textCheck({ length: type.length, padded: true }));
    case 'bytes':
      return blob;
    case 'uuid':
      return storedText(uuidText);
    case 'date':
      return dayText;
    case 'time':
      return storedText(timeText(type.precision));
    case 'timestamp':
      return timestampWithBlank(type.precision);
    case 'timestamptz':
      return timestamptzValue(type.precision);
    case 'interval':
      return storedText(intervalText);
    case 'json':
      return jsonDocument;
    case 'enum':
      return enumCodec(type, catalog);
    case 'array':
    case 'vector':
      throw new RowhouseError('CAPABILITY_MISSING', unsupported(type) ?? type.kind, { details: { type: type.kind } });
    case 'native':
      return nativeText;
  }
}

function enumCodec(type: ColumnType & { kind: 'enum' }, catalog: Catalog): Codec {
  const found = findEnum(catalog, type);
  if (found !== undefined) return storedText(enumText(found));
  const name = displayName(type);
  throw new RowhouseError('SCHEMA_INVALID', `there is no enum ${name}`, { details: { enum: name } });
}
