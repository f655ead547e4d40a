import { beforeAll, expect, test } from 'vitest';
import type { ServiceDatabase } from '../../src/connect/service-session.ts';
import { describeEachServer } from '../servers/describe-each-server.ts';
import { openSchema } from '../servers/open-schema.ts';
import { statementsOf } from '../integration/include/count-statements.ts';
import { people, seats, shop, tags } from '../integration/repository/shop.ts';

describeEachServer('getMany and findMany', (server) => {
  let database: ServiceDatabase;

  beforeAll(async () => {
    database = await openSchema(server, shop);
    await database.repository(tags).insertMany(['a', 'b', 'c', 'd'].map((name) => ({ name })));
    await database.repository(seats).insertMany([
      { row: 1, place: 1, holder: 'Ada' },
      { row: 1, place: 2, holder: 'Bob' },
      { row: 2, place: 1, holder: 'Cyd' },
    ]);
    return async () => await database.close();
  });

  test('give the rows in the order of the keys, a key twice a row twice, in one statement', async () => {
    const repository = database.repository(tags);
    const [a, b, c] = await repository.list({ order: ['name'] });
    const keys = [c!.id, a!.id, b!.id, a!.id];
    let found: unknown;

    const statements = await statementsOf(database, async () => (found = await repository.getMany(keys)));

    expect(found).toEqual([c, a, b, a]);
    expect(statements).toHaveLength(1);
    expect(await statementsOf(database, async () => await repository.getMany([]))).toEqual([]);
  });

  test('find composite keys', async () => {
    const repository = database.repository(seats);
    const keys = [
      { row: 2, place: 1 },
      { row: 2, place: 2 },
      { row: 1, place: 2 },
    ];

    const found = await repository.findMany(keys);

    expect(found.map((seat) => seat?.holder)).toEqual(['Cyd', undefined, 'Bob']);
  });

  test('getMany refuses when a row is missing, findMany leaves its place undefined', async () => {
    const repository = database.repository(tags);
    const a = await repository.getBy({ name: 'a' });

    await expect(repository.getMany([a.id, 999, 998])).rejects.toMatchObject({
      code: 'ROW_NOT_FOUND',
      details: { missing: 2 },
    });
    expect(await repository.findMany([999, a.id])).toEqual([undefined, a]);
  });

  test('leave out what is soft-deleted unless it is asked for, and read a UUID in any case', async () => {
    const repository = database.repository(people);
    const ada = await repository.insert({ email: 'ada@x' });
    const bob = await repository.insert({ email: 'bob@x' });
    await repository.delete(bob.id);

    expect(await repository.findMany([bob.id, ada.id.toUpperCase()])).toEqual([undefined, ada]);
    expect((await repository.getMany([bob.id], { withDeleted: true }))[0]?.email).toBe('bob@x');
  });

  test('refuse a key that cannot be', async () => {
    await expect(database.repository(tags).getMany([{ row: 1 }])).rejects.toMatchObject({ code: 'FIELD_UNKNOWN' });
    await expect(database.repository(seats).findMany([{ row: 1 }])).rejects.toMatchObject({ code: 'VALUE_INVALID' });
  });
});
