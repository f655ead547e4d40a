import { expect, test } from 'vitest';
import { index, integer, sql, table, text } from '../../src/index.ts';
import { describeEachServer } from '../servers/describe-each-server.ts';
import { openSchema } from '../servers/open-schema.ts';

const columns = { id: integer().primaryKey(), body: text(), title: text({ max: 80 }).null() };

const onWords = table('article', columns, (t) => [
  index(sql`to_tsvector('simple', ${t.body})`, { method: 'gin', name: 'article_words' }),
]);
const onColumn = table('article', columns, (t) => [index(t.body, { method: 'fulltext' })]);

/** By engine: the table with the index that its search for words uses. */
const articlesOf: Readonly<Record<string, typeof onWords>> = {
  postgresql: onWords,
  mysql: onColumn,
  mariadb: onColumn,
  sqlite: table('article', columns),
};

describeEachServer('matches', (server) => {
  const articles = articlesOf[server.engine]!;

  test('finds rows that have all the words, or says that there is no such search', async () => {
    await using database = await openSchema(server, { articles });
    const repository = database.repository(articles);
    await repository.insertMany([
      { id: 1, body: 'the quick brown fox jumps' },
      { id: 2, body: 'a brown bear, quick as lightning' },
      { id: 3, body: 'foxes are not bears' },
      { id: 4, body: 'été: naïve café' },
    ]);
    const ids = async (matches: string): Promise<readonly number[]> =>
      (await repository.list({ where: { body: { matches } }, order: ['id'] })).map(({ id }) => id);

    if (server.engine === 'sqlite') {
      await expect(ids('quick')).rejects.toMatchObject({ code: 'CAPABILITY_MISSING' });
      return;
    }
    expect(await ids('quick brown')).toEqual([1, 2]);
    expect(await ids('brown fox')).toEqual([1]);
    expect(await ids('fox -quick +bear* "x')).toEqual([]);
    expect(await ids('(fox) & quick! "')).toEqual([1]);
    expect(await ids('naïve café')).toEqual([4]);
    expect(await ids('unicorn')).toEqual([]);
    expect(await ids('')).toEqual([]);
    const without = { not: { body: { matches: 'brown' } } };
    expect((await repository.list({ where: without, order: ['id'] })).map(({ id }) => id)).toEqual([3, 4]);
  });

  test('is refused where it cannot be', async () => {
    await using database = await openSchema(server, { articles });
    const refusal = async (where: object): Promise<unknown> =>
      await database
        .repository(articles)
        .list({ where })
        .catch((error: unknown) => (error as { code: string }).code);

    expect(await refusal({ id: { matches: 'x' } })).toBe('FILTER_INVALID');
    expect(await refusal({ body: { matches: 5 } })).toBe('FILTER_INVALID');
    expect(await refusal({ body: { matches: null } })).toBe('FILTER_INVALID');
    const withoutIndex = server.engine === 'postgresql' ? [] : 'CAPABILITY_MISSING';
    expect(await refusal({ title: { matches: 'x' } })).toEqual(withoutIndex);
  });
});
