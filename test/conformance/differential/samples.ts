import {
  bigint,
  boolean,
  date,
  decimal,
  double,
  enumType,
  integer,
  table,
  text,
  timestamptz,
  uuid,
} from '../../../src/index.ts';
import type { Random } from './random.ts';

const mood = enumType('mood', ['sad', 'ok', 'happy']);

export const samples = table('sample', {
  id: integer().primaryKey(),
  n: integer().null(),
  rank: integer(),
  big: bigint().null(),
  price: decimal({ precision: 12, scale: 2 }).null(),
  exact: decimal({ precision: 30, scale: 10 }).null(),
  score: double().null(),
  name: text({ max: 40 }).null(),
  word: text(),
  flag: boolean().null(),
  day: date().null(),
  at: timestamptz({ precision: 6 }).null(),
  moment: timestamptz(),
  mood: mood().null(),
  uid: uuid().null(),
});

export const schema = { mood, samples };

export type Kind = 'whole' | 'decimal' | 'exact' | 'float' | 'text' | 'flag' | 'day' | 'moment' | 'word' | 'uuid';

export interface Column {
  /** Of the property and, here, of the column. */
  readonly name: string;
  readonly kind: Kind;
  readonly nullable: boolean;
  /** What rows hold and filters ask for. */
  readonly values: readonly unknown[];
}

const texts = [
  '',
  'a',
  'A',
  'ab',
  'b',
  'Ab%',
  '100%',
  'a_b',
  'a\\b',
  "it's",
  'é',
  'É',
  'Éa',
  'ü€',
  '日本',
  '😀',
  'a b ',
  '[x]',
  'a*?',
];
const uuids = ['00000000-0000-4000-8000-000000000001', 'ffffffff-ffff-4fff-bfff-ffffffffffff'];

export const columns: readonly Column[] = [
  { name: 'n', kind: 'whole', nullable: true, values: [-2_147_483_648, -1, 0, 1, 2, 3, 7, 2_147_483_647] },
  { name: 'rank', kind: 'whole', nullable: false, values: [1, 2, 3, 4, 5] },
  {
    name: 'big',
    kind: 'whole',
    nullable: true,
    values: [
      -9_223_372_036_854_775_808n,
      0n,
      9_007_199_254_740_992n,
      9_007_199_254_740_993n,
      9_223_372_036_854_775_807n,
    ],
  },
  {
    name: 'price',
    kind: 'decimal',
    nullable: true,
    values: ['-10.50', '-9.99', '0.00', '0.10', '0.30', '9999999999.99'],
  },
  {
    name: 'exact',
    kind: 'exact',
    nullable: true,
    values: [
      '-12345678901234567890.0000000001',
      '-2.5000000000',
      '0.0000000000',
      '0.0000000001',
      '10.0000000000',
      '12345678901234567890.0000000001',
      '12345678901234567890.0000000002',
    ],
  },
  { name: 'score', kind: 'float', nullable: true, values: [-1.5, 0, 0.1, 0.5, 1e15, 1e-7] },
  { name: 'name', kind: 'text', nullable: true, values: texts },
  { name: 'word', kind: 'text', nullable: false, values: texts },
  { name: 'flag', kind: 'flag', nullable: true, values: [true, false] },
  { name: 'day', kind: 'day', nullable: true, values: ['1815-12-10', '1999-12-31', '2000-02-29', '2026-11-21'] },
  {
    name: 'at',
    kind: 'moment',
    nullable: true,
    values: [
      '2026-01-02T03:04:05.123456Z',
      '2026-01-02T03:04:05.123457Z',
      '2026-01-02T03:04:05.000000Z',
      '1970-01-01T00:00:00.000001Z',
    ],
  },
  {
    name: 'moment',
    kind: 'moment',
    nullable: false,
    values: [
      new Date('2026-01-02T03:04:05.123Z'),
      new Date('2026-01-02T03:04:05.124Z'),
      new Date('2000-01-01T00:00:00Z'),
    ],
  },
  { name: 'mood', kind: 'word', nullable: true, values: ['sad', 'ok', 'happy'] },
  { name: 'uid', kind: 'uuid', nullable: true, values: uuids },
];

/** So many rows; a fifth of what can be null is. */
export function randomRows(count: number, random: Random): readonly object[] {
  return Array.from({ length: count }, (_, id) => {
    const cells = columns.map(({ name, nullable, values }) => {
      const isNull = nullable && random(5) === 0;
      return [name, isNull ? null : values[random(values.length)]] as const;
    });
    return { id, ...Object.fromEntries(cells) };
  });
}
