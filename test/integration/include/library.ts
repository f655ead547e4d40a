import { integer, json, text } from '../../../src/schema/column/types.ts';
import type { ColumnReference } from '../../../src/schema/column/column-reference.ts';
import { relations } from '../../../src/schema/relations/relations.ts';
import { foreignKey, primaryKey } from '../../../src/schema/table/members.ts';
import { table } from '../../../src/schema/table/table.ts';
import { softDelete } from '../../../src/schema/table/traits.ts';

export const authors = table('author', {
  id: integer().primaryKey(),
  name: text({ max: 40 }),
  teacherId: integer()
    .null()
    .references((): ColumnReference => authors.id),
});

/** A profile an author: the other side of a unique foreign key. */
export const profiles = table('profile', {
  id: integer().primaryKey(),
  authorId: integer()
    .unique()
    .references(() => authors.id),
  links: json().null(),
});

export const books = table('book', {
  id: integer().primaryKey(),
  title: text({ max: 40 }),
  authorId: integer()
    .index()
    .references(() => authors.id),
  editorId: integer()
    .null()
    .references(() => authors.id),
  pages: integer().null(),
  ...softDelete(),
});

/** A composite key, and rows that refer to it. */
export const chapters = table(
  'chapter',
  { bookId: integer().references(() => books.id), number: integer(), title: text({ max: 40 }) },
  (t) => [primaryKey(t.bookId, t.number)],
);

export const notes = table(
  'note',
  { id: integer().primaryKey(), bookId: integer(), chapter: integer(), text: text({ max: 40 }) },
  (t) => [foreignKey([t.bookId, t.chapter], () => [chapters.bookId, chapters.number])],
);

export const tags = table('tag', { id: integer().primaryKey(), name: text({ max: 40 }) });

export const bookTags = table(
  'book_tag',
  {
    bookId: integer().references(() => books.id),
    tagId: integer().references(() => tags.id),
    ...softDelete(),
  },
  (t) => [primaryKey(t.bookId, t.tagId)],
);

export const schema = { authors, profiles, books, chapters, notes, tags, bookTags };

export const library = relations(schema, (r) => ({
  authors: {
    books: r.many.books({ to: 'authorId' }),
    edited: r.many.books({ to: 'editorId' }),
    pupils: r.many.authors(),
    teacher: r.one.authors(),
    profile: r.one.profiles(),
  },
  profiles: { author: r.one.authors() },
  books: {
    author: r.one.authors({ from: 'authorId' }),
    editor: r.one.authors({ from: 'editorId' }),
    chapters: r.many.chapters(),
    tags: r.many.tags({ through: r.tables.bookTags }),
  },
  chapters: { book: r.one.books(), notes: r.many.notes() },
  notes: { place: r.one.chapters() },
  tags: { books: r.many.books({ through: r.tables.bookTags }) },
}));
