import { beforeAll, expect, test } from 'vitest';
import type { ServiceDatabase } from '../../../src/connect/service-session.ts';
import { jsonNull } from '../../../src/util/json-null.ts';
import { describeEachServer } from '../../servers/describe-each-server.ts';
import { openSchema } from '../../servers/open-schema.ts';
import { statementsOf } from './count-statements.ts';
import { fillLibrary } from './fill-library.ts';
import { authors, library, schema } from './library.ts';

describeEachServer('related rows', (server) => {
  let database: ServiceDatabase;

  beforeAll(async () => {
    database = await openSchema(server, schema);
    await fillLibrary(database);
    return async () => await database.close();
  });

  test('come along, many or one, deleted ones left out', async () => {
    const rows = await database
      .repository(library.authors)
      .list({ order: ['id'], include: { books: { order: ['title'] }, teacher: true, pupils: { order: ['-id'] } } });

    expect(rows.map(({ name, books }) => [name, books.map(({ title }) => title)])).toEqual([
      ['Ada', ['A', 'C']],
      ['Bob', ['B']],
      ['Cyd', []],
    ]);
    expect(rows.map(({ teacher }) => teacher?.name)).toEqual([undefined, 'Ada', 'Ada']);
    expect(rows[0]?.teacher).toBeNull();
    expect(rows[0]?.pupils).toEqual([
      { id: 3, name: 'Cyd', teacherId: 1 },
      { id: 2, name: 'Bob', teacherId: 1 },
    ]);
    expect(rows[0]?.books[0]).toEqual({
      id: 12,
      title: 'A',
      authorId: 1,
      editorId: null,
      pages: 100,
      deletedAt: null,
    });
  });

  test('come through a join table, whose deleted rows do not count', async () => {
    const books = await database
      .repository(library.books)
      .list({ order: ['id'], include: { tags: { order: ['name'] } } });
    const tags = await database.repository(library.tags).list({ order: ['id'], include: { books: { order: ['id'] } } });

    expect(books.map(({ id, tags: of }) => [id, of.map(({ name }) => name)])).toEqual([
      [11, ['green', 'red']],
      [12, ['green']],
      [14, []],
    ]);
    expect(tags.map(({ name, books: of }) => [name, of.map(({ id }) => id)])).toEqual([
      ['red', [11]],
      ['green', [11, 12]],
      ['blue', []],
    ]);
  });

  test('come over composite keys, both ways', async () => {
    const chapter = await database
      .repository(library.chapters)
      .get({ bookId: 11, number: 2 }, { include: { notes: { order: ['-id'] }, book: true } });
    const note = await database.repository(library.notes).get(1, { include: { place: true } });

    expect(chapter.notes.map(({ text }) => text)).toEqual(['y', 'x']);
    expect(chapter.book?.title).toBe('C');
    expect(note.place).toEqual({ bookId: 11, number: 2, title: 'two' });
  });

  test('come over the other side of a unique key, null where there is none', async () => {
    const rows = await database.repository(library.authors).list({ order: ['id'], include: { profile: true } });

    expect(rows.map(({ profile }) => profile)).toEqual([
      { id: 1, authorId: 1, links: jsonNull },
      { id: 2, authorId: 2, links: null },
      null,
    ]);
  });

  test('are filtered, sorted, limited for each row, and shown when deleted', async () => {
    const repository = database.repository(library.authors);
    const titles = async (books: object): Promise<string[][]> => {
      const rows = await repository.list({ order: ['id'], include: { books } as { books: { order: ['title'] } } });
      return rows.map(({ books: of }) => of.map(({ title }) => title));
    };

    expect(await titles({ where: { pages: { gte: 200 } } })).toEqual([['C'], [], []]);
    expect(await titles({ order: ['-title'] })).toEqual([['C', 'A'], ['B'], []]);
    expect(await titles({ order: ['title'], limit: 1 })).toEqual([['A'], ['B'], []]);
    expect(await titles({ order: ['-title'], limit: 2 })).toEqual([['C', 'A'], ['B'], []]);
    expect(await titles({ limit: 0 })).toEqual([[], [], []]);
    expect(await titles({ withDeleted: true, order: ['-id'], limit: 2 })).toEqual([['gone', 'A'], ['B'], []]);
    expect(await titles({ where: { title: { in: ['A', 'B'] } }, order: ['pages', 'title'], limit: 5 })).toEqual([
      ['A'],
      ['B'],
      [],
    ]);
  });

  test('keep options apart on every level, whatever their values', async () => {
    const repository = database.repository(library.authors);
    const read = async (pages: number, notes: number, name: string) =>
      await repository.list({
        where: { name },
        include: {
          books: {
            where: { pages: { gte: pages } },
            order: ['title'],
            limit: 5,
            include: {
              chapters: {
                order: ['-number'],
                limit: 1,
                include: { notes: { where: { id: { gte: notes } }, limit: 9 } },
              },
              editor: { where: { name: 'Bob' } },
            },
          },
        },
        limit: 7,
      });

    const [ada] = await read(200, 2, 'Ada');
    expect(ada?.books).toHaveLength(1);
    expect(ada?.books[0]?.chapters).toEqual([
      { bookId: 11, number: 2, title: 'two', notes: [{ id: 2, bookId: 11, chapter: 2, text: 'y' }] },
    ]);
    expect(ada?.books[0]?.editor?.name).toBe('Bob');
    const [again] = await read(0, 9, 'Ada');
    expect(again?.books.map(({ title, chapters }) => [title, chapters.map(({ notes }) => notes)])).toEqual([
      ['A', []],
      ['C', [[]]],
    ]);
    expect(await read(0, 0, 'Dan')).toEqual([]);
  });

  test('are one statement for a tree of three levels, in every read', async () => {
    const repository = database.repository(library.authors);
    const include = {
      books: { order: ['id'], include: { chapters: { include: { notes: true } }, tags: true } },
    } as const;
    const reads: readonly (() => Promise<unknown>)[] = [
      async () => await repository.get(1, { include }),
      async () => await repository.find(1, { include }),
      async () => await repository.getBy({ name: 'Ada' }, { include }),
      async () => await repository.findBy({ name: 'Ada' }, { include }),
      async () => await repository.list({ where: { id: 1 }, include }),
      async () => await repository.page({ where: { id: 1 }, include }),
      async () => await repository.search('Ada', { fields: ['name'], include }),
    ];
    const expected = await repository.get(1, { include });
    expect(expected.books.map(({ tags }) => tags.length)).toEqual([2, 1]);

    for (const read of reads) {
      let found: unknown;
      expect(await statementsOf(database, async () => (found = await read()))).toHaveLength(1);
      const rows = Array.isArray(found) ? found : ((found as { rows?: unknown }).rows ?? [found]);
      expect(rows).toEqual([expected]);
    }
  });

  test('come along page by page', async () => {
    const repository = database.repository(library.authors);
    const include = { books: { order: ['id'], limit: 1 } } as const;
    const first = await repository.page({ order: ['name'], limit: 2, include });
    const second = await repository.page({ order: ['name'], limit: 2, include, after: first.next });
    const back = await repository.page({ order: ['name'], limit: 2, include, before: second.previous });

    expect(first.rows.map(({ books }) => books.map(({ id }) => id))).toEqual([[11], [14]]);
    expect(second.rows.map(({ name, books }) => [name, books])).toEqual([['Cyd', []]]);
    expect(back.rows).toEqual(first.rows);
  });

  test('are refused when they cannot be', async () => {
    const repository = database.repository(library.authors);
    const list = async (include: object): Promise<unknown> => await repository.list({ include } as never);

    await expect(list({ bookz: true })).rejects.toMatchObject({ code: 'FIELD_UNKNOWN' });
    await expect(list({ books: { include: { bookz: true } } })).rejects.toMatchObject({ code: 'FIELD_UNKNOWN' });
    await expect(list({ books: { where: { titel: 'x' } } })).rejects.toMatchObject({ code: 'FIELD_UNKNOWN' });
    await expect(list({ books: { order: ['titel'] } })).rejects.toMatchObject({ code: 'FIELD_UNKNOWN' });
    await expect(list({ books: { wher: {} } })).rejects.toMatchObject({ code: 'FILTER_INVALID' });
    await expect(list({ books: { limit: -1 } })).rejects.toMatchObject({ code: 'FILTER_INVALID' });
    await expect(list({ books: 1 })).rejects.toMatchObject({ code: 'FILTER_INVALID' });
    await expect(list({ teacher: { limit: 1 } })).rejects.toMatchObject({ code: 'FILTER_INVALID' });
    await expect(database.repository(authors).list({ include: { books: true } } as never)).rejects.toMatchObject({
      code: 'FIELD_UNKNOWN',
    });
  });
});
