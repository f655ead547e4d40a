import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { beforeEach, expect, test } from 'vitest';
import type { ServiceDatabase } from '../../../src/connect/service-session.ts';
import type { QueryMessage } from '../../../src/database/diagnostics.ts';
import { index, integer, softDelete, sql, table, tenant, text } from '../../../src/index.ts';
import { schemaDatabase } from '../../../src/testing/schema/schema-database.ts';
import { describeEachServer, describeServers } from '../../servers/describe-each-server.ts';
import { openSchema } from '../../servers/open-schema.ts';
import { sayFigures } from '../../servers/say-figures.ts';
import { accounts, people, seats, shop, tags } from './shop.ts';

describeEachServer('upserting rows', (server) => {
  let database: ServiceDatabase;

  beforeEach(async () => {
    database ??= await openSchema(server, shop, (settings) => ({ ...settings, pool: { ...settings.pool, size: 10 } }));
    await Promise.all([
      database.repository(people).deleteWhere('all'),
      database.repository(tags).deleteWhere('all'),
      database.repository(seats).deleteWhere('all'),
      database.repository(accounts).deleteWhere('all'),
    ]);
  });

  test('inserts, then changes only what is given', async () => {
    const repository = database.repository(tags);

    const first = await repository.upsert({ name: 'a', rank: 5 }, { match: ['name'] });
    const second = await repository.upsert({ name: 'a', rank: 6 }, { match: ['name'] });
    const third = await repository.upsert({ name: 'a' }, { match: ['name'] });

    expect(first).toMatchObject({ created: true, row: { name: 'a', rank: 5 } });
    expect(second).toEqual({ created: false, row: { ...first.row, rank: 6 } });
    expect(third).toEqual({ created: false, row: { ...first.row, rank: 6 } });
  });

  test('leaves alone what is given as undefined, as an insert does', async () => {
    const repository = database.repository(people);
    const named = { email: 'ada@x', nickname: 'Ada', age: 1 };
    await repository.insert(named);
    const match = { match: ['email'] } as const;
    const unnamed = { email: 'ada@x', nickname: undefined as unknown as null, visits: undefined as unknown as bigint };

    const one = await repository.upsert({ ...unnamed, age: 2 }, match);
    await repository.upsertMany(
      [
        { ...unnamed, age: 3 },
        { email: 'bob@x', nickname: 'Bob', visits: 7n, age: 4 },
      ],
      match,
    );
    await repository.upsertMany(
      [
        { ...named, visits: 5n, age: 5 },
        { ...unnamed, email: 'bob@x', age: 6 },
      ],
      match,
    );

    expect(one.row).toMatchObject({ nickname: 'Ada', age: 2, visits: 0n });
    expect(await repository.getBy({ email: 'ada@x' })).toMatchObject({ nickname: 'Ada', visits: 5n, age: 5 });
    expect(await repository.getBy({ email: 'bob@x' })).toMatchObject({ nickname: 'Bob', visits: 7n, age: 6 });
  });

  test('leaves alone what update names and the row does not give', async () => {
    const repository = database.repository(people);
    await repository.insert({ email: 'ada@x', nickname: 'Ada', age: 1 });
    const options = { match: ['email'], update: ['nickname', 'age'] } as const;

    const one = await repository.upsert({ email: 'ada@x', age: 2 }, options);
    await repository.upsertMany([{ email: 'ada@x', age: 3 }], options);

    expect(one).toMatchObject({ created: false, row: { nickname: 'Ada', age: 2 } });
    expect(await repository.getBy({ email: 'ada@x' })).toMatchObject({ nickname: 'Ada', age: 3 });
  });

  test('keeps the key and createdAt of the row that is there, and moves updatedAt', async () => {
    const repository = database.repository(people);
    const { row } = await repository.upsert({ email: 'ada@x', age: 1 }, { match: ['email'] });
    await new Promise((resolve) => setTimeout(resolve, 5));

    const again = await repository.upsert({ email: 'ada@x', age: 2 }, { match: ['email'] });

    expect(again.row).toEqual({ ...row, age: 2, updatedAt: again.row.updatedAt });
    expect(again.row.updatedAt.getTime()).toBeGreaterThan(row.updatedAt.getTime());
  });

  test('does not meet a soft-deleted row', async () => {
    const repository = database.repository(people);
    const { row } = await repository.upsert({ email: 'ada@x' }, { match: ['email'] });
    await repository.delete(row.id);

    const again = await repository.upsert({ email: 'ada@x' }, { match: ['email'] });

    expect(again.created).toBe(true);
    expect(again.row.id).not.toBe(row.id);
  });

  test('leaves a row alone that another unique key found', async () => {
    const repository = database.repository(accounts);
    await repository.insert({ id: 1, login: 'ada', iban: 'DE1', note: 'hers' });

    await expect(
      repository.upsert({ id: 2, login: 'bob', iban: 'DE1', note: 'his' }, { match: ['login'] }),
    ).rejects.toMatchObject({ code: 'UNIQUE_VIOLATION' });

    expect(await repository.list({})).toEqual([{ id: 1, login: 'ada', iban: 'DE1', note: 'hers' }]);
  });

  test('tells an insert from a change also behind an upsert that failed', async () => {
    const repository = database.repository(seats);
    await repository.insert({ row: 1, place: 1, holder: 'a' });
    await repository.insert({ row: 1, place: 2, holder: 'b' });
    const match = { match: ['row', 'place'] } as const;

    await expect(repository.upsert({ row: 1, place: 1, holder: 'b' }, match)).rejects.toMatchObject({
      code: 'UNIQUE_VIOLATION',
    });
    const next = await repository.upsert({ row: 1, place: 3, holder: 'c' }, match);
    const again = await repository.upsert({ row: 1, place: 3, holder: 'c' }, match);

    expect([next.created, again.created]).toEqual([true, false]);
  });

  test('refuses a key that is null, absent, or not unique', async () => {
    await expect(
      database.repository(seats).upsert({ row: 1, place: 1, holder: null }, { match: ['holder'] }),
    ).rejects.toMatchObject({ code: 'VALUE_INVALID' });
    await expect(database.repository(tags).upsert({ name: 'a', rank: 1 }, { match: ['rank'] })).rejects.toMatchObject({
      code: 'FILTER_INVALID',
    });
    await expect(database.repository(tags).upsert({ name: 'a' }, { match: ['id'] })).rejects.toMatchObject({
      code: 'VALUE_INVALID',
    });
  });

  test('decides by a key that ignores case', async () => {
    const members = table('member', {
      id: integer().primaryKey(),
      email: text({ max: 40 }).unique({ ignoreCase: true }),
      note: text({ max: 40 }),
    });
    await using place = await schemaDatabase(server, { members });
    const repository = place.database.repository(members);
    const match = { match: ['email'] } as const;

    const first = await repository.upsert({ id: 1, email: 'Ada@x', note: 'first' }, match);
    const second = await repository.upsert({ id: 2, email: 'aDA@x', note: 'second' }, { ...match, update: ['note'] });
    const third = await repository.getOrCreate({ id: 3, email: 'ADA@x', note: 'third' }, match);
    const fourth = await repository.getOrCreate({ id: 4, email: 'bob@x', note: 'fourth' }, match);

    const ada = { id: 1, email: 'Ada@x', note: 'second' };
    expect([first.created, second, third]).toEqual([true, { created: false, row: ada }, { created: false, row: ada }]);
    expect(fourth.created).toBe(true);
    const rows = ['BOB@x', 'bob@X', 'cyd@x'].map((email, at) => ({ id: 5 + at, email, note: `${at}` }));
    await repository.upsertMany(rows, { ...match, update: ['note'] });
    expect(await repository.list({ order: ['id'] })).toEqual([
      ada,
      { id: 4, email: 'bob@x', note: '1' },
      { id: 7, email: 'cyd@x', note: '2' },
    ]);
  });

  test('lets 50 callers race for one key that ignores case, among the living of one tenant', async () => {
    const members = table('member', {
      id: integer().identity().primaryKey(),
      org: integer(),
      email: text({ max: 40 }).unique({ ignoreCase: true }),
      ...softDelete(),
      ...tenant(integer()),
    });
    await using place = await schemaDatabase(server, { members });
    const ofOne = place.database.forTenant(1).repository(members);
    const match = { match: ['email'] } as const;
    const gone = await ofOne.insert({ org: 0, email: 'ADA@x' });
    await ofOne.softDelete(gone.id);
    await place.database.forTenant(2).repository(members).insert({ org: 0, email: 'ada@x' });

    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, at) => ofOne.upsert({ org: at, email: at % 2 === 0 ? 'ada@x' : 'Ada@X' }, match)),
    );

    expect(answers.filter(({ created }) => created)).toHaveLength(1);
    expect(new Set(answers.map(({ row }) => row.id)).size).toBe(1);
    expect(await ofOne.count({})).toBe(1);
  });

  test('says why a key over an expression cannot decide', async () => {
    const members = table('member', { id: integer().primaryKey(), email: text({ max: 40 }) }, (t) => [
      index(sql`(trim(${t.email}))`, { unique: true }),
    ]);
    await using place = await schemaDatabase(server, { members });
    const repository = place.database.repository(members);

    for (const verb of ['upsert', 'getOrCreate'] as const) {
      await expect(repository[verb]({ id: 1, email: 'Ada@x' }, { match: ['email'] })).rejects.toMatchObject({
        code: 'FILTER_INVALID',
        message: expect.stringMatching(
          /^member: the unique key over email compares .*trim\(.email.\).*, and not/,
        ) as string,
        hint: expect.stringContaining('UNIQUE_VIOLATION') as string,
      });
    }
  });

  test('upserts by a composite key', async () => {
    const repository = database.repository(seats);

    expect((await repository.upsert({ row: 1, place: 2, holder: 'a' }, { match: ['row', 'place'] })).created).toBe(
      true,
    );
    expect(await repository.upsert({ row: 1, place: 2, holder: 'b' }, { match: ['row', 'place'] })).toEqual({
      created: false,
      row: { row: 1, place: 2, holder: 'b' },
    });
  });

  test('upserts many; of rows with one key the last counts', async () => {
    const repository = database.repository(tags);
    await repository.insert({ name: 'a', rank: 1 });

    const count = await repository.upsertMany(
      [{ name: 'a', rank: 2 }, { name: 'b', rank: 3 }, { name: 'b', rank: 4 }, { name: 'c' }],
      { match: ['name'] },
    );

    expect(count).toBe(3);
    expect((await repository.list({ order: ['name'] })).map(({ name, rank }) => [name, rank])).toEqual([
      ['a', 2],
      ['b', 4],
      ['c', 1],
    ]);
  });

  test('lets 50 callers race for one key: one row, no error, one created', async (context) => {
    const repository = database.repository(tags);

    const results = await Promise.all(
      Array.from(
        { length: 50 },
        async (_, rank) => await repository.upsert({ name: 'hot', rank }, { match: ['name'] }),
      ),
    );

    const created = results.filter((result) => result.created).length;
    const rows = await repository.count();
    sayFigures(context, `${results.length} callers, ${created} created, ${rows} row`);
    expect([created, rows]).toEqual([1, 1]);
  });
});

describeServers(['postgresql', 'mariadb', 'sqlite'], 'an upsert', (server) => {
  test('is one statement, which also tells what became of its row', async () => {
    await using database = await openSchema(server, shop);
    const repository = database.repository(tags);
    const statements: string[] = [];
    const onQuery = (message: unknown): void => {
      const { source, sql } = message as QueryMessage;
      if (source.where === database.where) statements.push(sql);
    };

    subscribe('rowhouse:query', onQuery);
    const first = await repository.upsert({ name: 'a', rank: 1 }, { match: ['name'] });
    const second = await repository.upsert({ name: 'a', rank: 2 }, { match: ['name'] });
    unsubscribe('rowhouse:query', onQuery);
    const third = await repository.upsert({ name: 'a', rank: 3 }, { match: ['name'] });

    expect([first.created, second.created, third.created]).toEqual([true, false, false]);
    expect(third.row).toMatchObject({ name: 'a', rank: 3 });
    expect(statements).toHaveLength(2);
  });
});
