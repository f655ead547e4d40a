import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { sql, type RawBuilder } from 'kysely';
import { expect, test } from 'vitest';
import { connect } from '../../../src/connect/connect.ts';
import type { Session } from '../../../src/database/session.ts';
import type { Statement } from '../../../src/driver/connection.ts';
import { kyselyOf, withKysely } from '../../../src/kysely/kysely-of.ts';
import type { TestServer } from '../../../src/testing/describe-each-server.ts';
import { localSettings } from '../../../src/testing/schema/schema-database.ts';
import { describeEachServer } from '../../servers/describe-each-server.ts';
import { ada, authors, bookOf } from './library.ts';
import { openLibrary, schema, type OpenLibrary } from './open-library.ts';

describeEachServer('Kysely on a session', (server) => {
  test('takes part in the transaction that is open', async () => {
    await using library = await openLibrary(server);
    const { database } = library;

    const failure = database.transaction(async (tx) => {
      await tx.repository(authors).update(ada, { fullName: 'Ada L.' });
      const [row] = await kyselyOf(tx, schema).selectFrom('author').select('full_name').where('id', '=', ada).execute();
      await kyselyOf(tx, schema).deleteFrom('book').execute();
      throw new Error(row?.full_name);
    });

    await expect(failure).rejects.toThrow('Ada L.');
    const [left] = await library.kysely
      .selectFrom('book')
      .select((eb) => eb.fn.count('id').as('books'))
      .execute();
    expect(Number(left?.books)).toBe(10);
    expect((await database.repository(authors).get(ada)).fullName).toBe('Ada');
  });

  test('of a database takes part in the transaction around it, and sets a savepoint in it', async () => {
    await using library = await openLibrary(server);
    const { database, kysely } = library;

    const failure = database.transaction(async () => {
      await kysely.updateTable('author').set({ full_name: 'Outer' }).where('id', '=', ada).execute();
      await kysely.transaction().execute(async (nested) => {
        await nested.updateTable('author').set({ country_code: 'FR' }).where('id', '=', ada).execute();
      });
      expect(database.metrics().write.inUse).toBe(1);
      throw new Error(JSON.stringify(await database.repository(authors).get(ada)));
    });

    await expect(failure).rejects.toThrow(JSON.stringify({ id: ada, fullName: 'Outer', country: 'FR' }));
    expect(await database.repository(authors).get(ada)).toEqual({ id: ada, fullName: 'Ada', country: 'GB' });
  });

  test('commits a transaction of its own, and rolls it back when its function throws', async () => {
    await using library = await openLibrary(server);
    const { kysely, database } = library;

    await kysely.transaction().execute(async (tx) => {
      await tx.updateTable('author').set({ full_name: 'Kept' }).where('id', '=', ada).execute();
    });
    const failure = kysely.transaction().execute(async (tx) => {
      await tx.updateTable('author').set({ full_name: 'Lost' }).where('id', '=', ada).execute();
      throw new Error('no');
    });

    await expect(failure).rejects.toThrow('no');
    expect((await database.repository(authors).get(ada)).fullName).toBe('Kept');
    expect(database.metrics().write.inUse).toBe(0);
  });

  test('sets a savepoint when a transaction is open, on the same connection', async () => {
    await using library = await openLibrary(server);
    const { database } = library;

    await database.transaction(async (tx) => {
      const kysely = kyselyOf(tx, schema);
      await kysely.transaction().execute(async (nested) => {
        await nested.updateTable('author').set({ full_name: 'Kept' }).where('id', '=', ada).execute();
      });
      const lost = kysely.transaction().execute(async (nested) => {
        await nested.updateTable('author').set({ full_name: 'Lost' }).where('id', '=', ada).execute();
        await nested.insertInto('author').values({ id: ada, full_name: 'Twice' }).execute();
      });
      await expect(lost).rejects.toMatchObject({ code: 'UNIQUE_VIOLATION' });
      expect(database.metrics().write.inUse).toBe(1);
    });

    expect((await database.repository(authors).get(ada)).fullName).toBe('Kept');
  });

  test('sets, releases and rolls back to the savepoints of a transaction that is ended by hand', async () => {
    await using library = await openLibrary(server);
    const { kysely, database } = library;
    const tx = await kysely.startTransaction().execute();
    const rename = async (to: string): Promise<unknown> =>
      await tx.updateTable('author').set({ full_name: to }).where('id', '=', ada).execute();

    await rename('first');
    const inFirst = await tx.savepoint('one').execute();
    await rename('second');
    const inSecond = await inFirst.savepoint('two').execute();
    await rename('third');
    await inSecond.rollbackToSavepoint('one').execute();
    const [seen] = await tx.selectFrom('author').select('full_name').where('id', '=', ada).execute();
    await inFirst.releaseSavepoint('one').execute();
    await tx.commit().execute();

    expect(seen).toEqual({ full_name: 'first' });
    expect((await database.repository(authors).get(ada)).fullName).toBe('first');
    expect(database.metrics().write.inUse).toBe(0);
  });

  test('refuses another isolation inside a transaction, and connection() outside of one', async () => {
    await using library = await openLibrary(server);
    const { kysely, database } = library;

    const withOtherMode = async (): Promise<number> =>
      await database.transaction(
        async (tx) =>
          await kyselyOf(tx, schema)
            .transaction()
            .setIsolationLevel('serializable')
            .execute(async () => 1),
        { isolation: 'read-committed' },
      );
    const countTwice = async (one: OpenLibrary['kysely']): Promise<number> => {
      await one.selectFrom('author').select('id').execute();
      return (await one.selectFrom('author').select('id').execute()).length;
    };

    await expect(withOtherMode()).rejects.toMatchObject({ code: 'USAGE' });
    await expect(kysely.connection().execute(countTwice)).rejects.toMatchObject({ code: 'USAGE' });
    const pinned = await database.pinned(async (session) => {
      return await kyselyOf(session, schema).connection().execute(countTwice);
    });
    expect(pinned).toBe(2);
  });

  test('streams decoded rows in batches', async () => {
    await using library = await openLibrary(server);
    const { kysely, database } = library;

    const found: unknown[] = [];
    for await (const row of kysely.selectFrom('book').selectAll('book').orderBy('id').stream(3)) {
      found.push([row.id, row.author_id, row.copies, row.tags]);
      if (found.length === 7) break;
    }
    const unknown = kysely
      .selectFrom(sql<{ a: number }>`(select 1 as a)`.as('x'))
      .selectAll()
      .stream();

    expect(found).toEqual(
      [1, 2, 3, 4, 5, 6, 7].map(bookOf).map(({ id, authorId, copies, tags }) => [id, authorId, copies, tags]),
    );
    await expect(unknown.next()).rejects.toMatchObject({ code: 'USAGE' });
    const { write, read } = database.metrics();
    expect([write.inUse, read?.inUse ?? 0]).toEqual([0, 0]);
  });

  test('is seen by whoever watches the statements of the database', async () => {
    await using library = await openLibrary(server);
    const database = withKysely(library.database, schema);
    const seen: string[] = [];
    const listen = (message: unknown): void => void seen.push((message as { readonly sql: string }).sql);
    subscribe('rowhouse:query', listen);

    await database.kysely.selectFrom('author').select('id').where('full_name', '=', 'secret').execute();

    unsubscribe('rowhouse:query', listen);
    expect(seen).toHaveLength(1);
    expect(seen[0]).toContain('full_name');
    expect(seen[0]).not.toContain('secret');
  });

  test('goes on when a column is added to a table whose rows it has read', async () => {
    await using library = await openLibrary(server);
    const { kysely } = library;
    const all = kysely.selectFrom('author').selectAll().orderBy('full_name');
    const before = await all.execute();

    await sql`alter table author add column note varchar(10)`.execute(kysely);

    expect(await all.execute()).toEqual(before);
  });

  test('names each text after itself and keeps its statement', async () => {
    await using library = await openLibrary(server);
    const { database } = library;
    const sent: Statement[] = [];
    const run: Session['run'] = async (statement, values, options) => {
      sent.push(statement);
      return await database.run(statement, values, options);
    };
    const kysely = kyselyOf(Object.create(database, { run: { value: run } }) as Session, schema);

    for (const id of [1, 2]) await kysely.selectFrom('book').select('title').where('id', '=', id).execute();
    await kysely.selectFrom('book').select('title').where('id', 'in', [1, 2]).execute();

    expect(sent.map(({ name }) => name)).toEqual(
      Array.from({ length: 3 }, () => expect.stringMatching(/^rk_[0-9a-f]{20}$/)),
    );
    expect(sent[1]).toBe(sent[0]);
    expect(sent[2]?.name).not.toBe(sent[0]?.name);
  });

  test('is bound in time as the database is', async () => {
    const { url } = await server.database();
    await using database = await connect(schema, { ...localSettings(url), statementTimeoutMs: 200 });
    if (!database.dialect.traits.statementTimeout) return;

    const running = sleep(server).execute(kyselyOf(database, schema));

    await expect(running).rejects.toMatchObject({ code: 'STATEMENT_TIMEOUT' });
  });

  test('stops on the server when its signal says so', async () => {
    await using library = await openLibrary(server);
    const { kysely, database } = library;
    if (!database.dialect.traits.cancellation) return;
    const stop = new AbortController();

    const running = sleep(server).execute(kysely, { signal: stop.signal });
    const stopped = expect(running).rejects.toThrow('enough');
    await expect.poll(() => database.metrics().write.inUse).toBe(1);
    stop.abort(new Error('enough'));

    await stopped;
    await expect.poll(() => database.metrics().write.inUse, { timeout: 5_000 }).toBe(0);
  });
});

/** A bare sleep() returns early when it is stopped, as if nothing was; between two rows the server notices. */
function sleep({ engine }: TestServer): RawBuilder<unknown> {
  return engine === 'postgresql'
    ? sql`select pg_sleep(20)`
    : sql`select n from (select 1 as n union all select 2) t where n = 1 and sleep(20) = 0 or n = 2 and sleep(0) = 1`;
}
