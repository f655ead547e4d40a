import {
  bigint,
  boolean,
  check,
  date,
  decimal,
  double,
  enumType,
  index,
  integer,
  json,
  primaryKey,
  softDelete,
  sql,
  table,
  text,
  timestamps,
  timestamptz,
  unique,
  uuid,
  uuidv7,
} from '../../../src/index.ts';

const mood = enumType('mood', ['sad', 'ok', 'happy']);

export const people = table(
  'person',
  {
    id: uuid().primaryKey().default(uuidv7()),
    email: text({ max: 120 }).unique(),
    nickname: text({ max: 40 }).null(),
    age: integer().null(),
    visits: bigint().default(0n),
    balance: decimal({ precision: 12, scale: 2 }).default('0.00'),
    score: double().default(0),
    mood: mood().default('ok'),
    born: date().null(),
    seenAt: timestamptz({ precision: 6 }).null(),
    active: boolean().default(true),
    profile: json().null(),
    ...timestamps(),
    ...softDelete(),
  },
  (t) => [index(t.age, t.email)],
);

/** Numbered by the database, without traits. */
export const tags = table('tag', {
  id: integer().identity().primaryKey(),
  name: text({ max: 40 }).unique(),
  rank: integer().default(1),
});

/** A composite key, no default anywhere. */
export const seats = table('seat', { row: integer(), place: integer(), holder: text({ max: 40 }).null() }, (t) => [
  primaryKey(t.row, t.place),
  check('seat_row_positive', sql`${t.row} > 0`),
  unique([t.holder]),
]);

/** Two unique keys: an upsert by one must never touch a row that the other found. */
export const accounts = table('account', {
  id: integer().primaryKey(),
  login: text({ max: 40 }).unique(),
  iban: text({ max: 40 }).unique(),
  note: text({ max: 40 }).default(''),
});

export const shop = { people, tags, seats, accounts };
