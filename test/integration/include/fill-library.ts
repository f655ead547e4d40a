import type { ServiceDatabase } from '../../../src/connect/service-session.ts';
import { jsonNull } from '../../../src/util/json-null.ts';
import { authors, bookTags, books, chapters, notes, profiles, tags } from './library.ts';

/** Ada has three books, one of them deleted; Bob has one; Cyd, Ada's pupil, has none. */
export async function fillLibrary(database: ServiceDatabase): Promise<void> {
  const deletedAt = new Date('2026-01-01T00:00:00Z');
  await database.repository(authors).insertMany([
    { id: 1, name: 'Ada' },
    { id: 2, name: 'Bob', teacherId: 1 },
    { id: 3, name: 'Cyd', teacherId: 1 },
  ]);
  await database.repository(profiles).insertMany([
    { id: 1, authorId: 1, links: jsonNull },
    { id: 2, authorId: 2, links: null },
  ]);
  await database.repository(books).insertMany([
    { id: 11, title: 'C', authorId: 1, editorId: 2, pages: 300 },
    { id: 12, title: 'A', authorId: 1, pages: 100 },
    { id: 13, title: 'gone', authorId: 1, editorId: 2, pages: 1, deletedAt },
    { id: 14, title: 'B', authorId: 2, editorId: 1 },
  ]);
  await database.repository(chapters).insertMany([
    { bookId: 11, number: 1, title: 'one' },
    { bookId: 11, number: 2, title: 'two' },
    { bookId: 14, number: 1, title: 'only' },
  ]);
  await database.repository(notes).insertMany([
    { id: 1, bookId: 11, chapter: 2, text: 'x' },
    { id: 2, bookId: 11, chapter: 2, text: 'y' },
  ]);
  await database.repository(tags).insertMany([
    { id: 1, name: 'red' },
    { id: 2, name: 'green' },
    { id: 3, name: 'blue' },
  ]);
  await database.repository(bookTags).insertMany([
    { bookId: 11, tagId: 1 },
    { bookId: 11, tagId: 2 },
    { bookId: 12, tagId: 2 },
    { bookId: 12, tagId: 3, deletedAt },
    { bookId: 13, tagId: 3 },
  ]);
}
