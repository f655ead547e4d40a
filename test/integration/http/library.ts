import { createHash } from 'node:crypto';
import { tableService } from '../../../src/repository/service/table-service.ts';
import { now } from '../../../src/schema/column/defaults.ts';
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
import { uuidv7 } from '../../../src/schema/column/defaults.ts';
import { check } from '../../../src/schema/table/members.ts';
import { table } from '../../../src/schema/table/table.ts';
import { softDelete, timestamps } from '../../../src/schema/table/traits.ts';
import { sql } from '../../../src/sql/sql.ts';
import { resource } from '../../../src/http/resource/resource.ts';

export const authors = table('author', {
  id: uuid().primaryKey().default(uuidv7()),
  name: text({ max: 80 }),
  email: text({ max: 80 }).unique(),
  passwordHash: text({ max: 80 }),
  active: boolean().default(true),
  born: date().null(),
  profile: json().null(),
  portrait: bytes().null(),
  ...timestamps(),
  ...softDelete(),
});

export const books = table(
  'book',
  {
    id: integer().primaryKey(),
    title: text({ max: 200 }),
    authorId: uuid().references(() => authors.id),
    copies: bigint().default(0n),
    price: decimal({ precision: 10, scale: 2 }),
    publishedAt: timestamptz().default(now()),
  },
  (t) => [check('book_price_positive', sql`${t.price} >= 0`)],
);

export const authorService = tableService(authors, {
  takes: { password: text({ max: 72 }) },
  makes: ['passwordHash'],
  beforeCreate: ({ password, ...author }) => ({ ...author, passwordHash: hash(password) }),
  beforeUpdate: ({ password, ...author }) => ({
    ...author,
    ...(password === undefined ? {} : { passwordHash: hash(password) }),
  }),
});

export const authorResource = resource(authors, {
  prefix: '/authors',
  service: authorService,
  search: ['name', 'email'],
  hidden: ['passwordHash'],
  order: { default: 'name' },
  limit: { default: 2, max: 3 },
});

export const bookResource = resource(books, { prefix: '/books', offset: true });

export function hash(password: string): string {
  return createHash('sha256').update(password).digest('hex');
}
