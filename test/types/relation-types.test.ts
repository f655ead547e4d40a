import { expectTypeOf, test } from 'vitest';
import type { ServiceDatabase } from '../../src/connect/service-session.ts';
import { integer, text } from '../../src/schema/column/types.ts';
import { relations } from '../../src/schema/relations/relations.ts';
import { primaryKey } from '../../src/schema/table/members.ts';
import { table } from '../../src/schema/table/table.ts';
import { softDelete } from '../../src/schema/table/traits.ts';

const authors = table('author', { id: integer().primaryKey(), name: text() });
const editors = table('editor', { id: integer().primaryKey(), name: text(), ...softDelete() });
const books = table('book', {
  id: integer().primaryKey(),
  title: text(),
  authorId: integer().references(() => authors.id),
  coauthorId: integer()
    .null()
    .references(() => authors.id),
  editorId: integer().references(() => editors.id),
});
const tags = table('tag', { id: integer().primaryKey(), name: text() });
const bookTags = table(
  'book_tag',
  { bookId: integer().references(() => books.id), tagId: integer().references(() => tags.id) },
  (t) => [primaryKey(t.bookId, t.tagId)],
);
const library = relations({ authors, editors, books, tags, bookTags }, (r) => ({
  authors: { books: r.many.books({ to: 'authorId' }) },
  books: {
    author: r.one.authors({ from: 'authorId' }),
    second: r.one.authors({ from: 'coauthorId' }),
    editor: r.one.editors(),
    maybe: r.one.authors({ from: 'authorId', optional: true }),
    tags: r.many.tags({ through: r.tables.bookTags }),
  },
}));

type Author = typeof authors.$row;
type Book = typeof books.$row;
type Tag = typeof tags.$row;

declare const database: ServiceDatabase;
const reads = {
  many: () => database.repository(library.authors).list({ include: { books: true } }),
  plain: () => database.repository(library.authors).list({ where: { name: 'a' } }),
  one: () =>
    database.repository(library.books).get(1, { include: { author: true, second: true, editor: true, maybe: true } }),
  deep: () =>
    database.repository(library.authors).getBy(
      { books: { some: { title: 'x', tags: { none: { name: 'y' } } } } },
      {
        include: {
          books: { where: { title: 'x' }, order: ['-title'], limit: 2, include: { tags: true, author: true } },
        },
      },
    ),
  filtered: () => database.repository(library.books).list({ include: { author: { where: { name: 'x' } } } }),
  paged: () => database.repository(library.books).page({ where: { author: { name: 'x' } }, include: { tags: true } }),
};

test('a row has its related rows beside its columns', () => {
  expectTypeOf<Awaited<ReturnType<typeof reads.many>>[number]['books']>().toEqualTypeOf<Book[]>();
  expectTypeOf<Awaited<ReturnType<typeof reads.many>>[number]['name']>().toEqualTypeOf<string>();
  expectTypeOf<Awaited<ReturnType<typeof reads.plain>>>().toExtend<Author[]>();
  expectTypeOf<Awaited<ReturnType<typeof reads.paged>>['rows'][number]['tags']>().toEqualTypeOf<Tag[]>();
});

test('one row is null only where it can be', () => {
  type Row = Awaited<ReturnType<typeof reads.one>>;
  expectTypeOf<Row['author']>().toEqualTypeOf<Author>();
  expectTypeOf<Row['second']>().toEqualTypeOf<Author | null>();
  expectTypeOf<Row['editor']>().toEqualTypeOf<typeof editors.$row | null>();
  expectTypeOf<Row['maybe']>().toEqualTypeOf<Author | null>();
  expectTypeOf<Awaited<ReturnType<typeof reads.filtered>>[number]['author']>().toEqualTypeOf<Author | null>();
});

test('rows nest to any depth', () => {
  type Row = Awaited<ReturnType<typeof reads.deep>>;
  expectTypeOf<Row['books'][number]['tags']>().toEqualTypeOf<Tag[]>();
  expectTypeOf<Row['books'][number]['author']['name']>().toEqualTypeOf<string>();
});

test('what is not there does not compile', () => {
  const wrong = (): unknown => [
    // @ts-expect-error there is no relation bookz
    database.repository(library.authors).list({ include: { bookz: true } }),
    // @ts-expect-error nor beside one that is there
    database.repository(library.authors).list({ include: { books: true, bookz: true } }),
    // @ts-expect-error nor further down
    database.repository(library.authors).list({ include: { books: { include: { tags: true, tagz: true } } } }),
    // @ts-expect-error there is no column titel
    database.repository(library.authors).list({ include: { books: { where: { title: 'x', titel: 'x' } } } }),
    // @ts-expect-error there is no column titel to sort by
    database.repository(library.authors).list({ include: { books: { order: ['titel'] } } }),
    // @ts-expect-error many rows are asked with some, every or none
    database.repository(library.authors).list({ where: { books: { title: 'x' } } }),
    // @ts-expect-error a table without relations brings nothing along
    database.repository(authors).list({ include: { books: true } }),
    // @ts-expect-error there is no table writers
    relations({ authors, books }, (r) => ({ authors: { books: r.many.writers() } })),
  ];
  expectTypeOf(wrong).toBeFunction();
});
