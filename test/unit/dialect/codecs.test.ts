import { inspect } from 'node:util';

import { describe, expect, test } from 'vitest';

import { bigintText } from '../../../src/dialect/codecs/bigint-text.ts';
import { dateText } from '../../../src/dialect/codecs/date-text.ts';
import { decimalText } from '../../../src/dialect/codecs/decimal-text.ts';
import { enumText } from '../../../src/dialect/codecs/enum-text.ts';
import { doubleCodec, realCodec } from '../../../src/dialect/codecs/float-codec.ts';
import { int32Codec, smallintCodec } from '../../../src/dialect/codecs/integer-codec.ts';
import { intervalText } from '../../../src/dialect/codecs/interval-text.ts';
import { jsonText } from '../../../src/dialect/codecs/json-text.ts';
import { textCheck } from '../../../src/dialect/codecs/text-check.ts';
import { timeText } from '../../../src/dialect/codecs/time-text.ts';
import { timestampText } from '../../../src/dialect/codecs/timestamp-text.ts';
import { timestamptzValue } from '../../../src/dialect/codecs/timestamptz-value.ts';
import { uuidText } from '../../../src/dialect/codecs/uuid-text.ts';
import { vectorText } from '../../../src/dialect/codecs/vector-text.ts';
import type { ColumnType } from '../../../src/catalog/model/column-type.ts';
import type { Codec } from '../../../src/dialect/codec.ts';
import { RowhouseError } from '../../../src/errors/rowhouse-error.ts';
import { moodValues, typeCases } from '../../integration/dialects/type-cases.ts';

describe.each(typeCases.flatMap((entry) => shared(entry.type).map((codec) => ({ ...entry, codec }))))(
  'the shared codec of $name',
  ({ codec, values, respelled = [], refused }) => {
    test('gives back what was written', () => {
      expect(values.map((value) => codec.decode(codec.encode(value)))).toEqual(values);
    });

    test('gives back one spelling', () => {
      expect(respelled.map(([written]) => codec.decode(codec.encode(written)))).toEqual(
        respelled.map(([, expected]) => expected),
      );
    });

    test('refuses what it cannot hold, without showing it', () => {
      for (const value of refused) {
        expect(() => codec.encode(value), inspect(value)).toThrow(expect.objectContaining({ code: 'VALUE_INVALID' }));
      }
    });
  },
);

describe('cells as servers print them', () => {
  test.each([
    [timestampText(6), '2026-11-21 13:45:00.5', '2026-11-21T13:45:00.500000'],
    [timestampText(0), '2026-11-21 13:45:00', '2026-11-21T13:45:00'],
    [timestamptzValue(3), '2026-11-21 13:45:00+00', new Date('2026-11-21T13:45:00Z')],
    [timestamptzValue(3), '2026-11-21 13:45:00.07+00', new Date('2026-11-21T13:45:00.070Z')],
    [timestamptzValue(3), '0001-01-01 00:00:00+00', new Date('0001-01-01T00:00:00Z')],
    [timestamptzValue(3, ''), '2026-11-21 13:45:00.070', new Date('2026-11-21T13:45:00.070Z')],
    [timestamptzValue(6), '2026-11-21 13:45:00.07+00', '2026-11-21T13:45:00.070000Z'],
    [timestamptzValue(6, ''), '2026-11-21 13:45:00.070000', '2026-11-21T13:45:00.070000Z'],
    [bigintText, '9223372036854775807', 9_223_372_036_854_775_807n],
    [bigintText, 7, 7n],
    [decimalText(10, 2), 1.5, '1.50'],
  ] satisfies readonly [Codec, unknown, unknown][])('%# are understood', (codec, raw, value) => {
    expect(codec.decode(raw)).toEqual(value);
  });

  test.each([
    [dateText, 'infinity'],
    [dateText, '0044-03-15 BC'],
    [timestampText(6), '-infinity'],
    [timestamptzValue(3), 'infinity'],
    [timestamptzValue(3), '2026-11-21 13:45:00+05:30'],
    [timestamptzValue(6), '2026-11-21 13:45:00-01'],
    [decimalText(), 'NaN'],
    [doubleCodec, 'NaN'],
    [timeText(0), '24:00:00'],
  ] satisfies readonly [Codec, unknown][])('%# are an error where the type cannot express them', (codec, raw) => {
    expect(() => codec.decode(raw)).toThrow(RowhouseError);
  });
});

test.each([1, 99, 399, 1899, 1969, 1999, 2099, 9997])('a moment on any day of three years from %i is kept', (year) => {
  const codec = timestamptzValue(3, '');
  const [first, end] = [new Date(0).setUTCFullYear(year, 0, 1), new Date(0).setUTCFullYear(year + 3, 0, 1)];
  const wrong: string[] = [];
  // Somewhat less than a day, so that all hours come.
  for (let time = first; time < end; time += 83_123_457) {
    const text = codec.encode(new Date(time));
    if (`${String(text)}Z` !== new Date(time).toISOString()) wrong.push(String(text));
    if ((codec.decode(text) as Date).getTime() !== time) wrong.push(String(text));
  }
  expect(wrong).toEqual([]);
});

test('a moment of an engine without zones is written in UTC without a zone', () => {
  expect(timestamptzValue(0, '').encode(new Date(0))).toBe('1970-01-01T00:00:00');
  expect(timestamptzValue(3, '').encode(new Date(1))).toBe('1970-01-01T00:00:00.001');
});

test('a JSON value that contains itself is refused', () => {
  const loop: Record<string, unknown> = {};
  loop['self'] = loop;

  expect(() => jsonText.encode(loop)).toThrow(RowhouseError);
});

test('a JSON value may have characters that JSON writes as a number, wherever they are, but no others of those', () => {
  const written = { 'k\u0001': ['\u001F', { '\\u0000': '\\uD800', a: undefined }] };
  expect(jsonText.decode(jsonText.encode(written))).toEqual(written);

  for (const text of ['\0', 'a\0', '\uD800', '\uDC00b']) {
    for (const value of [[[text]], { a: { b: [1, text] } }, [{ [text]: 1 }], { a: { [text]: undefined } }]) {
      expect(() => jsonText.encode(value), inspect(value)).toThrow(RowhouseError);
    }
  }
});

function shared(type: ColumnType): readonly Codec[] {
  switch (type.kind) {
    case 'smallint':
      return [smallintCodec];
    case 'integer':
      return [int32Codec];
    case 'bigint':
      return [bigintText];
    case 'decimal':
      return [decimalText(type.precision, type.scale)];
    case 'real':
      return [realCodec];
    case 'double':
      return [doubleCodec];
    case 'text':
      return [textCheck()];
    case 'varchar':
      return [textCheck({ length: type.length })];
    case 'char':
      return [textCheck({ length: type.length, padded: true })];
    case 'uuid':
      return [uuidText];
    case 'date':
      return [dateText];
    case 'time':
      return [timeText(type.precision)];
    case 'timestamp':
      return [timestampText(type.precision)];
    case 'timestamptz':
      return [timestamptzValue(type.precision)];
    case 'interval':
      return [intervalText];
    case 'json':
      return [jsonText];
    case 'enum':
      return [enumText({ name: type.name, values: moodValues })];
    case 'vector':
      return [vectorText(type.dimensions)];
    case 'boolean':
    case 'bytes':
    case 'array':
    case 'native':
      return []; // each engine has its own wire form
  }
}
