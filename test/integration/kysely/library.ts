import {
  bigint,
  boolean,
  date,
  decimal,
  enumType,
  integer,
  json,
  softDelete,
  table,
  text,
  timestamps,
  timestamptz,
  uuid,
  uuidv7,
  bytes,
  double,
} from '../../../src/index.ts';

const genre = enumType('genre', ['novel', 'poem', 'essay']);

export const authors = table('author', {
  id: uuid().primaryKey().default(uuidv7()),
  fullName: text({ max: 80 }),
  country: text({ max: 2 }).named('country_code').null(),
});

export const books = table('book', {
  id: integer().primaryKey(),
  authorId: uuid().references(() => authors.id),
  title: text({ max: 80 }),
  genre: genre(),
  price: decimal({ precision: 10, scale: 2 }),
  worth: decimal({ precision: 30, scale: 2 }),
  copies: bigint(),
  weight: double().null(),
  inPrint: boolean(),
  printedOn: date().null(),
  readAt: timestamptz({ precision: 6 }).null(),
  soldAt: timestamptz().null(),
  cover: bytes().null(),
  tags: json().as<readonly string[]>(),
  ...timestamps(),
  ...softDelete(),
});

export const ada = '018f2f2e-0000-7000-8000-00000000000a';
export const bob = '018f2f2e-0000-7000-8000-00000000000b';

/** A book whose every column has a value, made of its number. */
export function bookOf(id: number): {
  readonly id: number;
  readonly authorId: string;
  readonly title: string;
  readonly genre: 'novel' | 'poem' | 'essay';
  readonly price: string;
  readonly worth: string;
  readonly copies: bigint;
  readonly weight: number;
  readonly inPrint: boolean;
  readonly printedOn: string;
  readonly readAt: string;
  readonly soldAt: Date;
  readonly cover: Uint8Array;
  readonly tags: readonly string[];
} {
  return {
    id,
    authorId: id % 2 === 0 ? ada : bob,
    title: `Book ${id}`,
    genre: (['novel', 'poem', 'essay'] as const)[id % 3] ?? 'novel',
    price: `${(id * 7) % 23}.50`,
    worth: `${10 ** (id % 4)}.00`,
    copies: 9_007_199_254_740_993n + BigInt(id),
    weight: id / 4,
    inPrint: id % 5 !== 0,
    printedOn: `2026-01-${String((id % 28) + 1).padStart(2, '0')}`,
    readAt: `2026-02-03T04:05:06.${String(id).padStart(6, '0')}Z`,
    soldAt: new Date(Date.UTC(2026, 2, 1, 0, id)),
    cover: new Uint8Array([id, 0, 255]),
    tags: [`t${id}`, "it's"],
  };
}
