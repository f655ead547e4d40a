import { uuidv7 } from '../../../src/schema/column/defaults.ts';
import {
  bigint,
  boolean,
  bytes,
  date,
  decimal,
  integer,
  json,
  text,
  timestamptz,
  uuid,
} from '../../../src/schema/column/types.ts';
import type { ColumnReference } from '../../../src/schema/column/column-reference.ts';
import { unique } from '../../../src/schema/table/members.ts';
import { table } from '../../../src/schema/table/table.ts';
import { softDelete, timestamps } from '../../../src/schema/table/traits.ts';

export const roles = table('role', {
  id: bigint().identity().primaryKey(),
  name: text({ max: 50 }).unique(),
  isSystemRole: boolean().default(false),
});

export const users = table('auth_user', {
  id: uuid().primaryKey().default(uuidv7()),
  email: text({ max: 255 }).unique(),
  displayName: text({ max: 100 }).null(),
  roleId: bigint().references(() => roles.id),
  ...timestamps(),
  ...softDelete(),
});

export const pages = table(
  'page',
  {
    id: uuid().primaryKey().default(uuidv7()),
    slug: text({ max: 80 }),
    language: text({ max: 10 }),
    parentId: uuid()
      .null()
      .references((): ColumnReference => pages.id),
    authorId: uuid().references(() => users.id),
  },
  (t) => [unique([t.slug, t.language])],
);

/** A column of every kind that a file can hold on every engine. */
export const things = table('thing', {
  code: text({ max: 20 }).primaryKey(),
  big: bigint().null(),
  count: integer().null(),
  price: decimal({ precision: 20, scale: 4 }).null(),
  active: boolean().null(),
  born: date().null(),
  seenAt: timestamptz().null(),
  photo: bytes().null(),
  settings: json().null(),
  note: text().null(),
});

/** Two unique keys: a seed must say which one is meant. */
export const accounts = table('account', {
  id: uuid().primaryKey().default(uuidv7()),
  number: integer().unique(),
  iban: text({ max: 40 }).unique(),
});
