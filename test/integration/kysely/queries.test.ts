import { expect, test } from 'vitest';
import { sql } from 'kysely';
import { kyselyOf } from '../../../src/kysely/kysely-of.ts';
import { openLibrary, schema } from './open-library.ts';
import { describeEachServer } from '../../servers/describe-each-server.ts';
import { ada, bob, bookOf } from './library.ts';

describeEachServer('a query of Kysely', (server) => {
  test('compares each value as its column is kept, whatever the query calls the table', async () => {
    await using library = await openLibrary(server);
    const { kysely } = library;
    const one = bookOf(3);

    const all = kysely.selectFrom('book').select('id');
    const found = [
      await kysely.selectFrom('book as b').select('b.id').where('b.author_id', 'in', [bob]).execute(),
      await all.where('copies', '=', one.copies).execute(),
      await all.where('read_at', '<=', one.readAt).execute(),
      await all.where('sold_at', '=', one.soldAt).execute(),
      await all.where('cover', '=', one.cover).execute(),
      await all.where('in_print', '=', false).execute(),
      await all.where((eb) => eb.between('printed_on', '2026-01-02', '2026-01-04')).execute(),
      await all.where((eb) => eb(eb.refTuple('author_id', 'id'), 'in', [eb.tuple(bob, 1), eb.tuple(ada, 1)])).execute(),
      await all.where((eb) => eb(eb.val(ada), '=', eb.ref('author_id'))).execute(),
    ];

    expect(found.map((rows) => rows.length)).toEqual([5, 1, 3, 1, 1, 2, 3, 1, 5]);
  });

  test('decodes columns through joins, subqueries, aliases, aggregates and unions', async () => {
    await using library = await openLibrary(server);
    const { kysely } = library;

    const joined = await kysely
      .with('printed', (eb) => eb.selectFrom('book').selectAll().where('in_print', '=', true))
      .selectFrom('author as a')
      .innerJoin('printed as p', 'p.author_id', 'a.id')
      .innerJoin(
        (eb) =>
          eb
            .selectFrom('book')
            .select((e) => ['author_id', e.fn.max('sold_at').as('latest')])
            .groupBy('author_id')
            .as('last'),
        (join) => join.onRef('last.author_id', '=', 'a.id'),
      )
      .select(['a.id as author', 'p.in_print', 'p.copies as number', 'p.tags', 'last.latest'])
      .select((eb) => eb.selectFrom('book').select('cover').where('id', '=', 1).as('first_cover'))
      .where('p.id', '=', 4)
      .execute();
    const union = await kysely
      .selectFrom('book')
      .select(['sold_at as at', 'id as what'])
      .where('id', '=', 1)
      .unionAll(kysely.selectFrom('book').select(['sold_at as at', 'id as what']).where('id', '=', 2))
      .orderBy('what')
      .execute();

    expect(joined).toEqual([
      {
        author: ada,
        in_print: true,
        number: bookOf(4).copies,
        tags: bookOf(4).tags,
        latest: bookOf(10).soldAt,
        first_cover: bookOf(1).cover,
      },
    ]);
    expect(union).toEqual([
      { at: bookOf(1).soldAt, what: 1 },
      { at: bookOf(2).soldAt, what: 2 },
    ]);
  });

  test('leaves to the driver what no column stands for', async () => {
    await using library = await openLibrary(server);
    const { kysely } = library;

    const row = await kysely
      .selectFrom('book')
      .select((eb) => [eb.fn.countAll().as('all'), sql<string>`lower(title)`.as('small'), 'copies'])
      .where('id', '=', 1)
      .groupBy(['title', 'copies'])
      .executeTakeFirstOrThrow();

    expect({ ...row, all: Number(row.all) }).toEqual({ all: 1, small: 'book 1', copies: bookOf(1).copies });
  });

  test('writes each value as its column is kept, and says how much it wrote', async () => {
    await using library = await openLibrary(server);
    const { kysely } = library;
    const soldAt = new Date('2026-05-06T07:08:09.123Z');

    const [updated] = await kysely
      .updateTable('book')
      .set({ author_id: bob, sold_at: soldAt, in_print: false, copies: 5n, tags: ['x'], weight: null })
      .where('id', '=', 4)
      .execute();
    const [deleted] = await kysely.deleteFrom('book').where('author_id', '=', ada).execute();

    expect(updated?.numUpdatedRows).toBe(1n);
    expect(deleted?.numDeletedRows).toBe(4n);
    const written = await kysely
      .selectFrom('book')
      .select(['author_id', 'sold_at', 'in_print', 'copies', 'tags', 'weight'])
      .where('id', '=', 4)
      .execute();
    expect(written).toEqual([
      { author_id: bob, sold_at: soldAt, in_print: false, copies: 5n, tags: ['x'], weight: null },
    ]);
  });

  test('gives back decoded rows of what it inserted, where the engine does', async () => {
    await using library = await openLibrary(server);
    const kysely = kyselyOf(library.database, schema);
    const id = '018f2f2e-0000-7000-8000-0000000000ff';
    const insert = kysely.insertInto('author').values({ id, full_name: 'Cleo' });
    const { returning } = library.database.dialect.queries;

    const rows = returning.insert ? await insert.returningAll().execute() : await insert.execute();

    if (returning.insert) expect(rows).toEqual([{ id, full_name: 'Cleo', country_code: null }]);
    else expect(rows).toMatchObject([{ numInsertedOrUpdatedRows: 1n }]);
    expect(await kysely.selectFrom('author').select('full_name').where('id', '=', id).execute()).toHaveLength(1);
  });

  test('refuses a value that the column cannot hold, before it is sent', async () => {
    await using library = await openLibrary(server);
    const { kysely } = library;

    const failure = kysely
      .updateTable('book')
      .set({ copies: 2n ** 63n })
      .where('id', '=', 1)
      .execute();

    await expect(failure).rejects.toMatchObject({ code: 'VALUE_INVALID' });
  });

  test('fails with the codes of Rowhouse', async () => {
    await using library = await openLibrary(server);
    const { kysely } = library;

    const failure = kysely.insertInto('author').values({ id: ada, full_name: 'Again' }).execute();

    await expect(failure).rejects.toMatchObject({ code: 'UNIQUE_VIOLATION' });
  });
});
