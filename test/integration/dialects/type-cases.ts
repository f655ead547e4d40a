import type { ColumnType } from '../../../src/catalog/model/column-type.ts';
import { jsonNull } from '../../../src/util/json-null.ts';

/** What one column type promises on every engine that has it. */
export interface TypeCase {
  readonly name: string;
  readonly type: ColumnType;
  /** Each comes back equal. */
  readonly values: readonly unknown[];
  /** Accepted in another spelling: `[written, comes back]`. */
  readonly respelled?: readonly (readonly [unknown, unknown])[];
  /** Each is `VALUE_INVALID` before it is sent. */
  readonly refused: readonly unknown[];
}

/** The enum that the enum case needs in the catalog. */
export const moodValues: readonly string[] = ['sad', 'ok', "it's", 'très bon', 'a,b', ''];

export const typeCases: readonly TypeCase[] = [
  {
    name: 'smallint',
    type: { kind: 'smallint' },
    values: [0, 1, -1, 32_767, -32_768],
    refused: [32_768, -32_769, 1.5, Number.NaN, '1', 1n, true],
  },
  {
    name: 'integer',
    type: { kind: 'integer' },
    values: [0, 1, -1, 2_147_483_647, -2_147_483_648],
    refused: [2_147_483_648, -2_147_483_649, 0.1, Number.POSITIVE_INFINITY, '1', 1n],
  },
  {
    name: 'bigint',
    type: { kind: 'bigint' },
    values: [0n, 1n, -1n, 2n ** 53n + 1n, 2n ** 63n - 1n, -(2n ** 63n)],
    refused: [2n ** 63n, -(2n ** 63n) - 1n, 1, '1'],
  },
  {
    name: 'decimal(5, 2)',
    type: { kind: 'decimal', precision: 5, scale: 2 },
    values: ['0.00', '0.01', '-0.01', '999.99', '-999.99', '10.00'],
    respelled: [
      ['1', '1.00'],
      ['1.5', '1.50'],
      ['1.500', '1.50'],
    ],
    refused: ['1000.00', '0.001', '+1', '01', '1.', '.5', '-0', '1e2', 'NaN', '', 1.5, 1n],
  },
  {
    name: 'decimal(38, 10)',
    type: { kind: 'decimal', precision: 38, scale: 10 },
    values: [
      '0.0000000000',
      '0.0000000001',
      '9999999999999999999999999999.9999999999',
      '-9999999999999999999999999999.9999999999',
    ],
    refused: ['10000000000000000000000000000.0000000000', '0.00000000001'],
  },
  {
    name: 'decimal(18, 0)',
    type: { kind: 'decimal', precision: 18, scale: 0 },
    values: ['0', '9007199254740993', '-999999999999999999'],
    respelled: [['7.0', '7']],
    refused: ['0.5', '1000000000000000000'],
  },
  {
    name: 'decimal(15, 15)',
    type: { kind: 'decimal', precision: 15, scale: 15 },
    values: ['0.000000000000000', '0.999999999999999', '-0.000000000000001'],
    refused: ['1', '1.000000000000000'],
  },
  {
    name: 'decimal without precision',
    type: { kind: 'decimal' },
    values: ['0', '1.50', '-12345678901234567890.12345678901234567890', '0.000000000000000000001'],
    refused: ['NaN', 'Infinity', '1e5', '--1', 1],
  },
  {
    name: 'real',
    type: { kind: 'real' },
    values: [0, 1.5, -1.5, Math.fround(0.1), Math.fround(3.402_823_466e38), 2 ** -126, 16_777_216],
    respelled: [
      [0.1, Math.fround(0.1)],
      [-0, 0],
    ],
    refused: [Number.NaN, Number.POSITIVE_INFINITY, 1e39, '1', 1n],
  },
  {
    name: 'double',
    type: { kind: 'double' },
    values: [0, 0.1, -0.1, 1 / 3, Number.MAX_VALUE, -Number.MAX_VALUE, 2 ** -1022, 2 ** 53 + 2, 1e21, 123_456_789.123],
    respelled: [[-0, 0]],
    refused: [Number.NaN, Number.NEGATIVE_INFINITY, '1', 1n, null],
  },
  { name: 'boolean', type: { kind: 'boolean' }, values: [true, false], refused: [1, 0, 'true', 't'] },
  {
    name: 'text',
    type: { kind: 'text' },
    values: [
      '',
      ' ',
      'a ',
      'plain',
      `quote ' double " backslash \\ percent % underscore _`,
      'tab\tline\nreturn\rbell\u0007',
      '😀👩‍👩‍👧 é é ﷽ \u{10FFFF}',
      'NULL',
      '\\x41',
      '{1,2}',
      'x'.repeat(100_000),
    ],
    refused: ['nul \0 inside', 'lone \uD800 surrogate', '\uDC00', 1, Symbol.iterator],
  },
  {
    name: 'varchar(5)',
    type: { kind: 'varchar', length: 5 },
    values: ['', 'abcde', '😀😀😀😀😀', 'abcd ', '     '],
    refused: ['abcdef', '😀😀😀😀😀😀', '      ', 5],
  },
  {
    name: 'char(3)',
    type: { kind: 'char', length: 3 },
    values: ['', 'a', 'abc', 'ééé', '😀😀😀', ' a'],
    refused: ['abcd', 'ab ', ' '],
  },
  {
    name: 'bytes',
    type: { kind: 'bytes' },
    values: [
      new Uint8Array(0),
      new Uint8Array([0]),
      Uint8Array.from({ length: 256 }, (_, index) => index),
      new Uint8Array(70_000).fill(0x5c),
    ],
    refused: ['text', [1, 2], new ArrayBuffer(1), 1],
  },
  {
    name: 'uuid',
    type: { kind: 'uuid' },
    values: [
      '00000000-0000-0000-0000-000000000000',
      'ffffffff-ffff-ffff-ffff-ffffffffffff',
      '01939f3a-7c2b-7def-8123-456789abcdef',
    ],
    respelled: [['01939F3A-7C2B-7DEF-8123-456789ABCDEF', '01939f3a-7c2b-7def-8123-456789abcdef']],
    refused: [
      '01939f3a7c2b7def8123456789abcdef',
      '{01939f3a-7c2b-7def-8123-456789abcdef}',
      '',
      'g1939f3a-7c2b-7def-8123-456789abcdef',
    ],
  },
  {
    name: 'date',
    type: { kind: 'date' },
    values: ['0001-01-01', '1969-12-31', '2000-02-29', '2026-11-21', '9999-12-31'],
    refused: [
      '2026-02-29',
      '1900-02-29',
      '2026-13-01',
      '2026-00-10',
      '2026-01-32',
      '0000-01-01',
      '10000-01-01',
      '2026-1-1',
      'today',
      new Date(0),
    ],
  },
  {
    name: 'time(0)',
    type: { kind: 'time', precision: 0 },
    values: ['00:00:00', '13:45:00', '23:59:59'],
    respelled: [['13:45:00.000', '13:45:00']],
    refused: ['24:00:00', '23:59:60', '13:45', '13:45:00.5', '-01:00:00', '13:45:00Z'],
  },
  {
    name: 'time(6)',
    type: { kind: 'time', precision: 6 },
    values: ['00:00:00.000000', '23:59:59.999999', '13:45:00.500000'],
    respelled: [['13:45:00.5', '13:45:00.500000']],
    refused: ['13:45:00.1234567', '13:45:00.', '13:45:00.5x'],
  },
  {
    name: 'timestamp(0)',
    type: { kind: 'timestamp', precision: 0 },
    values: ['0001-01-01T00:00:00', '2026-11-21T13:45:00', '9999-12-31T23:59:59'],
    respelled: [['2026-11-21 13:45:00', '2026-11-21T13:45:00']],
    refused: ['2026-11-21T13:45:00.5', '2026-11-21T13:45:00Z', '2026-11-21', '2026-02-30T00:00:00', new Date(0)],
  },
  {
    name: 'timestamp(6)',
    type: { kind: 'timestamp', precision: 6 },
    values: ['0001-01-01T00:00:00.000000', '1969-12-31T23:59:59.999999', '9999-12-31T23:59:59.999999'],
    respelled: [['2026-11-21T13:45:00.25', '2026-11-21T13:45:00.250000']],
    refused: ['2026-11-21T13:45:00.1234567', '2026-11-21T13:45:00+00'],
  },
  {
    name: 'timestamptz(0)',
    type: { kind: 'timestamptz', precision: 0 },
    values: [new Date(0), new Date('2026-11-21T13:45:00Z')],
    refused: [new Date(1), new Date(Number.NaN), 0],
  },
  {
    name: 'timestamptz(3)',
    type: { kind: 'timestamptz', precision: 3 },
    values: [
      new Date(0),
      new Date(-1),
      new Date('0001-01-01T00:00:00.000Z'),
      new Date('0099-03-01T12:00:00.001Z'),
      new Date('2026-11-21T13:45:00.123Z'),
      new Date('2026-03-29T01:30:00.009Z'),
      new Date('9999-12-31T23:59:59.999Z'),
    ],
    refused: [
      new Date('+010000-01-01T00:00:00Z'),
      new Date('0000-12-31T23:59:59Z'),
      new Date(Number.NaN),
      '2026-11-21T13:45:00Z',
      0,
    ],
  },
  {
    name: 'timestamptz(6)',
    type: { kind: 'timestamptz', precision: 6 },
    values: ['0001-01-01T00:00:00.000000Z', '2026-11-21T13:45:00.123456Z', '9999-12-31T23:59:59.999999Z'],
    respelled: [['2026-11-21T13:45:00Z', '2026-11-21T13:45:00.000000Z']],
    refused: [
      new Date(0),
      '2026-11-21T13:45:00.123456',
      '2026-11-21T13:45:00.123456+01',
      '2026-11-21T13:45:00.1234567Z',
    ],
  },
  {
    name: 'interval',
    type: { kind: 'interval' },
    values: [
      'PT0S',
      'P1Y2M3DT4H5M6.5S',
      'P-1Y-2M3DT-4H-5M-6.5S',
      'P1D',
      'PT24H',
      'PT0.000001S',
      'PT-0.000001S',
      'P100Y',
    ],
    respelled: [
      ['P14M', 'P1Y2M'],
      ['P2W', 'P14D'],
      ['PT90M', 'PT1H30M'],
      ['PT3600S', 'PT1H'],
      ['P0D', 'PT0S'],
    ],
    refused: ['', 'P', 'PT', 'P1', '1 day', 'P0.5D', 'PT0.0000001S', 'P1H', 'P400000000Y'],
  },
  {
    name: 'json',
    type: { kind: 'json' },
    values: [
      jsonNull,
      true,
      0,
      -1.5,
      1e21,
      '',
      'text',
      `quote ' double " backslash \\u0000 \\`,
      '😀',
      [],
      [null, 1, 'a', [[]]],
      {},
      { a: null, b: { c: [1, { d: 'é' }] }, '': 1, 'key with "quotes"': true },
    ],
    respelled: [[{ a: 1, b: undefined }, { a: 1 }]],
    refused: [
      undefined,
      Number.NaN,
      [undefined],
      { a: 1n },
      new Date(0),
      new Map(),
      'nul \0',
      { 'k\0': 1 },
      { a: '\uD800' },
    ],
  },
  {
    name: 'enum',
    type: { kind: 'enum', name: 'mood' },
    values: moodValues,
    refused: ['SAD', 'other', 'ok ', 1],
  },
  {
    name: 'array of integer',
    type: { kind: 'array', of: { kind: 'integer' } },
    values: [[], [1], [1, null, -2_147_483_648]],
    refused: ['{}', [1.5], ['1'], [[1]]],
  },
  {
    name: 'array of text',
    type: { kind: 'array', of: { kind: 'text' } },
    values: [[], [''], ['a', null, 'NULL', 'null', ' ', '{}', 'a,b', `"`, '\\', `'`, 'é😀', 'line\nfeed']],
    refused: [['\0'], [1]],
  },
  {
    name: 'array of timestamptz(3)',
    type: { kind: 'array', of: { kind: 'timestamptz', precision: 3 } },
    values: [[new Date(0), null, new Date('2026-11-21T13:45:00.123Z')]],
    refused: [[0]],
  },
  {
    name: 'array of bytes',
    type: { kind: 'array', of: { kind: 'bytes' } },
    values: [[new Uint8Array([0, 255]), null, new Uint8Array(0)]],
    refused: [['a']],
  },
  {
    name: 'array of enum',
    type: { kind: 'array', of: { kind: 'enum', name: 'mood' } },
    values: [[...moodValues, null]],
    refused: [['other']],
  },
  {
    name: 'array of json',
    type: { kind: 'array', of: { kind: 'json' } },
    values: [[{ a: [1, '"', '\\'] }, null, jsonNull, []]],
    refused: [[Number.NaN]],
  },
  {
    name: 'vector(3)',
    type: { kind: 'vector', dimensions: 3 },
    values: [
      [0, 0, 0],
      [1.5, -2, Math.fround(0.1)],
    ],
    refused: [[1, 2], [1, 2, Number.NaN], [1, 2, '3'], '[1,2,3]'],
  },
];
