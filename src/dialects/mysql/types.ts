import { findEnum, type Catalog } from '../../catalog/model/catalog.ts';
import type { ColumnType } from '../../catalog/model/column-type.ts';
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
import type { TypeSystem } from '../../dialect/type-system.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { booleanCodec, bytesCodec, vectorCodec } from './codecs/binary-codecs.ts';
import { nativeCodec } from './codecs/native-codec.ts';
import type { Flavor } from './flavor.ts';
import { portableType } from './types/portable-type.ts';
import { parseType } from './types/parse-type.ts';

/** What a server of the MySQL family knows of types. */
export function mysqlTypes(flavor: Flavor): TypeSystem {
  return {
    unsupported: (type) => unsupported(type, flavor),
    canonical,
    portable: ({ type }) => portableType(type),
    codec: (type, catalog) => codecOf(type, catalog, flavor),
  };
}

/** 16,383 characters of four bytes fill the 65,535 bytes that a row may have. */
const longestVarchar = 16_383;

function unsupported(type: ColumnType, flavor: Flavor): string | undefined {
  switch (type.kind) {
    case 'decimal':
      if (type.precision === undefined) return 'a decimal needs a precision and a scale here';
      if (type.precision > 65 || (type.scale ?? 0) > 30) return 'a decimal has at most 65 digits, 30 after the point';
      return undefined;
    case 'varchar':
      return type.length > longestVarchar ? `varchar ends at ${longestVarchar} characters; use text` : undefined;
    case 'char':
      return type.length > 255 ? 'char ends at 255 characters; use varchar' : undefined;
    case 'array':
      return `${flavor.name} has no arrays; use json or a table of its own`;
    case 'vector':
      return flavor.vectors ? undefined : 'this server has no vectors; MySQL 9.0 and MariaDB 11.7 brought them';
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
    case 'time':
    case 'timestamp':
    case 'timestamptz':
    case 'interval':
    case 'json':
    case 'enum':
    case 'native':
      return undefined;
  }
}

/** `datetime` cannot say whether it is a moment, and a type named natively comes back in our words where it has one. */
function canonical(type: ColumnType): ColumnType {
  if (type.kind === 'timestamptz') return { kind: 'timestamp', precision: type.precision };
  if (type.kind === 'decimal' && type.precision !== undefined)
    return { kind: 'decimal', precision: type.precision, scale: type.scale ?? 0 };
  if (type.kind !== 'native' || /^enum\(/i.test(type.type)) return type;
  return parseType({ text: type.type, collation: undefined, isJson: false, enumName: '' });
}

function codecOf(type: ColumnType, catalog: Catalog, flavor: Flavor): Codec {
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
      return timestamptzValue(type.precision, '');
    case 'interval':
      return intervalText;
    case 'json':
      return jsonText;
    case 'enum': {
      const found = findEnum(catalog, type);
      return found === undefined ? textCheck() : enumText(found);
    }
    case 'vector':
      return vectorCodec(type.dimensions);
    case 'native':
      return nativeCodec(type.type);
    case 'array':
      throw new RowhouseError('CAPABILITY_MISSING', `${flavor.name} has no arrays`);
  }
}
