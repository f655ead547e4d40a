import { expect, test } from 'vitest';
import { kyselyOf } from '../../../src/kysely/kysely-of.ts';
import { schemaDatabase } from '../../../src/testing/schema/schema-database.ts';
import { describeEachServer } from '../../servers/describe-each-server.ts';
import { ada, authors, bob, bookOf, books } from './library.ts';

const schema = { authors, books };

describeEachServer('Kysely on a database', (server) => {
  test('reads what a repository wrote, and a repository reads what it wrote', async () => {
    await using library = await schemaDatabase(server, schema);
    const { database } = library;
    const kysely = kyselyOf(database, schema);
    await database.repository(authors).insertMany([
      { id: ada, fullName: 'Ada', country: 'GB' },
      { id: bob, fullName: 'Bob' },
    ]);
    await database.repository(books).insert(bookOf(1));
    const { authorId, inPrint, printedOn, readAt, soldAt, ...rest } = bookOf(2);
    const now = new Date();

    await kysely
      .insertInto('book')
      .values({
        ...rest,
        author_id: authorId,
        in_print: inPrint,
        printed_on: printedOn,
        read_at: readAt,
        sold_at: soldAt,
        created_at: now,
        updated_at: now,
      })
      .execute();

    expect(await database.repository(books).get(2)).toMatchObject(bookOf(2));
    const row = await kysely.selectFrom('book').selectAll().where('author_id', '=', bob).executeTakeFirstOrThrow();
    const { author_id, in_print, printed_on, read_at, sold_at, created_at, updated_at, deleted_at, ...others } = row;
    expect({
      ...others,
      authorId: author_id,
      inPrint: in_print,
      printedOn: printed_on,
      readAt: read_at,
      soldAt: sold_at,
    }).toEqual(bookOf(1));
    expect([created_at, updated_at, deleted_at]).toEqual([expect.any(Date), expect.any(Date), null]);
    const named = await kysely
      .selectFrom('author')
      .select(['country_code', 'full_name'])
      .orderBy('full_name')
      .execute();
    expect(named).toEqual([
      { country_code: 'GB', full_name: 'Ada' },
      { country_code: null, full_name: 'Bob' },
    ]);
  });
});
