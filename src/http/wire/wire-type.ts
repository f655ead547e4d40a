import type { ColumnType } from '../../catalog/model/column-type.ts';
import type { Codec } from '../../dialect/codec.ts';
import { bigintText, checkBigint } from '../../dialect/codecs/bigint-text.ts';
import { booleanCheck } from '../../dialect/codecs/boolean-check.ts';
import { dateText } from '../../dialect/codecs/date-text.ts';
import { decimalText } from '../../dialect/codecs/decimal-text.ts';
import { enumText } from '../../dialect/codecs/enum-text.ts';
import { doubleCodec, realCodec } from '../../dialect/codecs/float-codec.ts';
import { int32Codec, smallintCodec } from '../../dialect/codecs/integer-codec.ts';
import { intervalText } from '../../dialect/codecs/interval-text.ts';
import { invalidValue } from '../../dialect/codecs/invalid-value.ts';
import { jsonText } from '../../dialect/codecs/json-text.ts';
import { textCheck } from '../../dialect/codecs/text-check.ts';
import { timeText } from '../../dialect/codecs/time-text.ts';
import { timestampText } from '../../dialect/codecs/timestamp-text.ts';
import { timestamptzValue } from '../../dialect/codecs/timestamptz-value.ts';
import { uuidText } from '../../dialect/codecs/uuid-text.ts';
import { vectorCheck } from '../../dialect/codecs/vector-text.ts';
import type { JsonSchema } from './json-schema.ts';
import { momentText } from './moment-text.ts';
import { momentOf } from '../../dialect/codecs/moment-of.ts';

/** How the values of one column type look in JSON. Nobody sees null here: the caller handles it. */
export interface WireType {
  readonly schema: JsonSchema;
  /** From a value of the repository to JSON. */
  toWire(value: unknown): unknown;
  /** From JSON to a value of the repository; `VALUE_INVALID` for what the type cannot hold. */
  fromWire(json: unknown): unknown;
  /** From the text of a filter or a path. Absent: values of the type cannot be written there. */
  readonly fromText?: (text: string) => unknown;
}

/** The wire form of a column type. What loses digits in JavaScript, bigint and decimal, travels as text. */
export function wireType(type: ColumnType, enumValues: readonly string[] = []): WireType {
  switch (type.kind) {
    case 'smallint':
      return numeric(smallintCodec, { type: 'integer', minimum: -32_768, maximum: 32_767 });
    case 'integer':
      return numeric(int32Codec, { type: 'integer', format: 'int32' });
    case 'bigint':
      return bigint;
    case 'decimal':
      return textual(decimalText(type.precision, type.scale), { format: 'decimal', examples: ['12.50'] });
    case 'real':
      return numeric(realCodec, { type: 'number', format: 'float' });
    case 'double':
      return numeric(doubleCodec, { type: 'number', format: 'double' });
    case 'boolean':
      return boolean;
    case 'text':
      return textual(textCheck(), {});
    case 'varchar':
      return textual(textCheck({ length: type.length }), { maxLength: type.length });
    case 'char':
      return textual(textCheck({ length: type.length, padded: true }), { maxLength: type.length });
    case 'bytes':
      return bytes;
    case 'uuid':
      return textual(uuidText, { format: 'uuid' });
    case 'date':
      return textual(dateText, { format: 'date' });
    case 'time':
      return textual(timeText(type.precision), { examples: ['13:45:00'] });
    case 'timestamp':
      return textual(timestampText(type.precision), { examples: ['2026-11-21T13:45:00'] });
    case 'timestamptz':
      return type.precision > 3
        ? textual(timestamptzValue(type.precision), { format: 'date-time' })
        : moment(type.precision);
    case 'interval':
      return textual(intervalText, { format: 'duration' });
    case 'json':
      return json;
    case 'enum':
      return textual(enumText({ name: type.name, values: enumValues }), { enum: enumValues });
    case 'array':
      return list(wireType(type.of, enumValues));
    case 'vector':
      return vector(type.dimensions);
    case 'native':
      return textual(textCheck(), {});
  }
}

const bigint: WireType = {
  schema: { type: 'string', format: 'int64', pattern: '^-?[0-9]{1,19}$' },
  toWire: (value) => bigintText.encode(value),
  fromWire: (value) => bigintOf(value),
  fromText: (text) => bigintOf(text),
};

const boolean: WireType = {
  schema: { type: 'boolean' },
  toWire: asIs,
  fromWire: booleanCheck,
  fromText(text) {
    if (text === 'true' || text === 'false') return text === 'true';
    throw invalidValue('true or false');
  },
};

const bytes: WireType = {
  schema: { type: 'string', contentEncoding: 'base64' },
  toWire: (value) => Buffer.from(value as Uint8Array).toString('base64'),
  fromWire: (value) => bytesOf(value),
  fromText: (text) => bytesOf(text),
};

const json: WireType = {
  schema: {},
  toWire: asIs,
  fromWire(value) {
    jsonText.encode(value);
    return value;
  },
};

function textual(codec: Codec, schema: JsonSchema): WireType {
  const fromWire = (value: unknown): unknown => codec.encode(value);
  return { schema: { type: 'string', ...schema }, toWire: asIs, fromWire, fromText: fromWire };
}

function numeric(codec: Codec, schema: JsonSchema): WireType {
  return {
    schema,
    toWire: asIs,
    fromWire: (value) => codec.encode(value),
    fromText: (text) => codec.encode(/^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(text) ? Number(text) : text),
  };
}

function moment(precision: number): WireType {
  const codec = timestamptzValue(precision);
  const fromWire = (value: unknown): Date => {
    const date = momentOf(value);
    codec.encode(date);
    return date;
  };
  return {
    schema: { type: 'string', format: 'date-time' },
    toWire: (value) => momentText(value as Date),
    fromWire,
    fromText: fromWire,
  };
}

function list(of: WireType): WireType {
  return {
    schema: { type: 'array', items: of.schema },
    toWire: (value) => (value as readonly unknown[]).map((item) => (item === null ? null : of.toWire(item))),
    fromWire(value) {
      if (!Array.isArray(value)) throw invalidValue('a list');
      return value.map((item: unknown) => (item === null ? null : of.fromWire(item)));
    },
  };
}

function vector(dimensions: number): WireType {
  return {
    schema: { type: 'array', items: { type: 'number' }, minItems: dimensions, maxItems: dimensions },
    toWire: asIs,
    fromWire: (value) => vectorCheck(value, dimensions),
  };
}

function asIs(value: unknown): unknown {
  return value;
}

function bigintOf(value: unknown): bigint {
  if (typeof value === 'string' && /^-?[0-9]{1,19}$/.test(value)) return checkBigint(BigInt(value));
  throw invalidValue('a whole number of 64 bits as text');
}

function bytesOf(value: unknown): Uint8Array {
  if (typeof value === 'string' && /^(?:[\w+/-]{4})*(?:[\w+/-]{2}(?:==)?|[\w+/-]{3}=?)?$/.test(value))
    return new Uint8Array(Buffer.from(value, 'base64'));
  throw invalidValue('bytes in base64');
}
