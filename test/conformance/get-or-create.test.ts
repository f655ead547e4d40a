import { beforeEach, expect, test } from 'vitest';
import type { ServiceDatabase } from '../../src/connect/service-session.ts';
import { describeEachServer } from '../servers/describe-each-server.ts';
import { openSchema } from '../servers/open-schema.ts';
import { accounts, people, seats, shop, tags } from '../integration/repository/shop.ts';

describeEachServer('getOrCreate', (server) => {
  let database: ServiceDatabase;

  beforeEach(async () => {
    database = await openSchema(server, shop, (settings) => ({ ...settings, pool: { ...settings.pool, size: 10 } }));
    return async () => await database.close();
  });

  test('inserts once, then gives the row as it is', async () => {
    const repository = database.repository(tags);

    const first = await repository.getOrCreate({ name: 'a', rank: 5 }, { match: ['name'] });
    const second = await repository.getOrCreate({ name: 'a', rank: 6 }, { match: ['name'] });

    expect(first).toMatchObject({ created: true, row: { name: 'a', rank: 5 } });
    expect(second).toEqual({ created: false, row: first.row });
  });

  test('lets 50 callers race: one row, no error, one created', async () => {
    const repository = database.repository(tags);
    const callers = Array.from({ length: 50 }, (_, rank) => rank);

    const results = await Promise.all(
      callers.map(async (rank) => await repository.getOrCreate({ name: 'hot', rank }, { match: ['name'] })),
    );

    expect(results.filter(({ created }) => created)).toHaveLength(1);
    expect(new Set(results.map(({ row }) => row.id)).size).toBe(1);
    expect(await repository.count()).toBe(1);
  });

  test('gives in a transaction a row that was inserted since it began', async () => {
    const outside = database.repository(tags);
    const isRaced = server.engine !== 'sqlite'; // one transaction writes at a time there

    const created = await database.transaction(async (tx) => {
      expect(await tx.repository(tags).list()).toEqual([]);
      if (isRaced) await outside.insert({ name: 'a', rank: 7 });
      return await tx.repository(tags).getOrCreate({ name: 'a', rank: 8 }, { match: ['name'] });
    });

    expect(created).toMatchObject(isRaced ? { created: false, row: { rank: 7 } } : { created: true, row: { rank: 8 } });
  });

  test('does not meet a soft-deleted row', async () => {
    const repository = database.repository(people);
    const { row } = await repository.getOrCreate({ email: 'ada@x' }, { match: ['email'] });
    await repository.delete(row.id);

    const again = await repository.getOrCreate({ email: 'ada@x' }, { match: ['email'] });

    expect(again.created).toBe(true);
    expect(again.row.id).not.toBe(row.id);
  });

  test('refuses a row that another unique key holds, a key that is null, and what is no key', async () => {
    await database.repository(accounts).insert({ id: 1, login: 'ada', iban: 'DE1' });

    await expect(
      database.repository(accounts).getOrCreate({ id: 2, login: 'bob', iban: 'DE1' }, { match: ['login'] }),
    ).rejects.toMatchObject({ code: 'UNIQUE_VIOLATION' });
    await expect(
      database.repository(seats).getOrCreate({ row: 1, place: 1, holder: null }, { match: ['holder'] }),
    ).rejects.toMatchObject({ code: 'VALUE_INVALID' });
    await expect(
      database.repository(tags).getOrCreate({ name: 'a', rank: 1 }, { match: ['rank'] }),
    ).rejects.toMatchObject({ code: 'FILTER_INVALID' });
  });
});
