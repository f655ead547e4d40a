import { beforeAll, expect, test } from 'vitest';
import type { ServiceDatabase } from '../../../src/connect/service-session.ts';
import type { RelatedWhere } from '../../../src/repository/include/related-repository.ts';
import { describeEachServer } from '../../servers/describe-each-server.ts';
import { openSchema } from '../../servers/open-schema.ts';
import { statementsOf } from './count-statements.ts';
import { fillLibrary } from './fill-library.ts';
import { library, schema } from './library.ts';

type AuthorWhere = RelatedWhere<typeof library.authors.$row, typeof library.authors.$relations>;
type BookWhere = RelatedWhere<typeof library.books.$row, typeof library.books.$relations>;

describeEachServer('filters on related rows', (server) => {
  let database: ServiceDatabase;
  const names = async (where: AuthorWhere): Promise<string[]> =>
    (await database.repository(library.authors).list({ where, order: ['id'] })).map(({ name }) => name);
  const titles = async (where: BookWhere): Promise<string[]> =>
    (await database.repository(library.books).list({ where, order: ['id'] })).map(({ title }) => title);

  beforeAll(async () => {
    database = await openSchema(server, schema);
    await fillLibrary(database);
    return async () => await database.close();
  });

  test('ask for some, every or none of many, deleted ones left out', async () => {
    expect(await names({ books: { some: { title: 'C' } } })).toEqual(['Ada']);
    expect(await names({ books: { some: { title: 'gone' } } })).toEqual([]);
    expect(await names({ books: { some: {} } })).toEqual(['Ada', 'Bob']);
    expect(await names({ books: { none: {} } })).toEqual(['Cyd']);
    expect(await names({ books: { none: { title: 'gone' } } })).toEqual(['Ada', 'Bob', 'Cyd']);
    expect(await names({ books: { every: { pages: { gt: 50 } } } })).toEqual(['Ada', 'Cyd']);
    expect(await names({ books: { every: { pages: { isNull: true } } } })).toEqual(['Bob', 'Cyd']);
    expect(await names({ books: { some: { title: 'A' }, none: { title: 'B' } } })).toEqual(['Ada']);
  });

  test('ask for the one', async () => {
    expect(await titles({ author: { name: 'Ada' } })).toEqual(['C', 'A']);
    expect(await titles({ author: { is: { name: 'Bob' } } })).toEqual(['B']);
    expect(await titles({ editor: { isNot: { name: 'Bob' } } })).toEqual(['A', 'B']);
    expect(await titles({ editor: null })).toEqual(['A']);
    expect(await titles({ editor: { is: null } })).toEqual(['A']);
    expect(await titles({ editor: { isNot: null } })).toEqual(['C', 'B']);
    expect(await titles({ author: {} })).toEqual(['C', 'A', 'B']);
  });

  test('nest, also over a join table, a composite key and the table itself', async () => {
    expect(await names({ books: { some: { tags: { some: { name: 'red' } } } } })).toEqual(['Ada']);
    expect(await names({ books: { some: { tags: { some: { name: 'blue' } } } } })).toEqual([]);
    expect(await names({ books: { some: { chapters: { some: { notes: { some: { text: 'y' } } } } } } })).toEqual([
      'Ada',
    ]);
    expect(await names({ teacher: { books: { some: { title: 'A' } } } })).toEqual(['Bob', 'Cyd']);
    expect(await names({ pupils: { every: { teacher: { name: 'Ada' } }, some: { name: 'Cyd' } } })).toEqual(['Ada']);
    expect(await titles({ author: { is: { books: { some: { tags: { some: { name: 'red' } } } } } } })).toEqual([
      'C',
      'A',
    ]);
  });

  test('stand beside columns, and, or and not', async () => {
    expect(await names({ or: [{ name: 'Cyd' }, { books: { some: { title: 'B' } } }] })).toEqual(['Bob', 'Cyd']);
    expect(await names({ not: { books: { some: {} } }, teacher: { name: 'Ada' } })).toEqual(['Cyd']);
    expect(await names({ and: [{ books: { some: {} } }, { id: { in: [2, 3] } }] })).toEqual(['Bob']);
  });

  test('count, look, write and narrow what comes along', async () => {
    const repository = database.repository(library.authors);
    const statements = await statementsOf(database, async () => {
      expect(await repository.count({ books: { some: {} } })).toBe(2);
      expect(await repository.exists({ books: { some: { title: 'Z' } } })).toBe(false);
    });
    const [ada] = await repository.list({
      where: { id: 1 },
      include: { books: { where: { tags: { some: { name: 'red' } } } } },
    });

    expect(statements).toHaveLength(2);
    expect(ada?.books.map(({ title }) => title)).toEqual(['C']);
    expect(await database.repository(library.books).updateWhere({ author: { name: 'Bob' } }, { pages: 7 })).toBe(1);
    expect(await titles({ pages: 7 })).toEqual(['B']);
    expect(await database.repository(library.books).updateWhere({ author: { name: 'Bob' } }, { pages: null })).toBe(1);
  });

  test('are refused when they cannot be', async () => {
    const list = async (where: object): Promise<unknown> => await database.repository(library.authors).list({ where });

    await expect(list({ books: { title: 'C' } })).rejects.toMatchObject({ code: 'OPERATOR_UNKNOWN' });
    await expect(list({ books: { some: { titel: 'C' } } })).rejects.toMatchObject({ code: 'FIELD_UNKNOWN' });
    await expect(list({ books: { some: null } })).rejects.toMatchObject({ code: 'FILTER_INVALID' });
    await expect(list({ books: null })).rejects.toMatchObject({ code: 'FILTER_INVALID' });
    await expect(list({ teacher: 1 })).rejects.toMatchObject({ code: 'FILTER_INVALID' });
    await expect(list({ teacher: { nam: 'x' } })).rejects.toMatchObject({ code: 'FIELD_UNKNOWN' });
  });
});
