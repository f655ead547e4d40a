import { expect, test } from 'vitest';
import { describeEachServer } from '../../servers/describe-each-server.ts';
import { ada, books } from './library.ts';
import { openLibrary } from './open-library.ts';

describeEachServer('a list of a repository', (server) => {
  test('has the rows that the same query in Kysely has, in the same order', async () => {
    await using library = await openLibrary(server);
    const { database, kysely } = library;
    const repository = database.repository(books);
    await repository.delete(7);
    const living = kysely.selectFrom('book').select('id').where('deleted_at', 'is', null);
    const ids = async (options: Parameters<typeof repository.list>[0]): Promise<readonly number[]> =>
      (await repository.list(options)).map(({ id }) => id);
    const of = async (query: { execute(): Promise<readonly { readonly id: number }[]> }): Promise<readonly number[]> =>
      (await query.execute()).map(({ id }) => id);

    const pairs = [
      [
        await ids({ where: { authorId: ada }, order: ['-soldAt'] }),
        await of(living.where('author_id', '=', ada).orderBy('sold_at', 'desc')),
      ],
      [
        await ids({ where: { copies: { gt: 9_007_199_254_740_996n }, inPrint: true }, order: ['title'], limit: 3 }),
        await of(
          living.where('copies', '>', 9_007_199_254_740_996n).where('in_print', '=', true).orderBy('title').limit(3),
        ),
      ],
      [
        await ids({ where: { price: { gte: '9.50', lt: '20.5' } }, order: ['price', 'id'] }),
        await of(living.where('price', '>=', '9.50').where('price', '<', '20.5').orderBy('price').orderBy('id')),
      ],
      [
        await ids({
          where: { or: [{ genre: 'poem' }, { readAt: { lte: '2026-02-03T04:05:06.000002Z' } }] },
          order: ['-id'],
          offset: 1,
          limit: 9,
        }),
        await of(
          living
            .where((eb) => eb.or([eb('genre', '=', 'poem'), eb('read_at', '<=', '2026-02-03T04:05:06.000002Z')]))
            .orderBy('id', 'desc')
            .limit(9)
            .offset(1),
        ),
      ],
      [
        await ids({ where: { worth: { gt: '9.5' } }, order: ['genre', '-worth', 'id'] }),
        await of(living.where('worth', '>', '9.5').orderBy('genre').orderBy('worth', 'desc').orderBy('id')),
      ],
    ];

    for (const [ours, theirs] of pairs) expect(ours).toEqual(theirs);
    expect(pairs.map(([ours]) => ours?.length)).toEqual([5, 3, 5, 3, 7]);
  });
});
