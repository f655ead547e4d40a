import { beforeAll, expect, test } from 'vitest';
import type { ServiceDatabase } from '../../src/connect/service-session.ts';
import { describeEachServer } from '../servers/describe-each-server.ts';
import { openSchema } from '../servers/open-schema.ts';
import { people, shop } from '../integration/repository/shop.ts';

const rows = 2_500;

describeEachServer('stream', (server) => {
  let database: ServiceDatabase;

  beforeAll(async () => {
    database = await openSchema(server, shop, (settings) => ({ ...settings, pool: { ...settings.pool, size: 2 } }));
    const given = Array.from({ length: rows }, (_, age) => ({ email: `p${age}@x`, age, visits: BigInt(age) }));
    await database.repository(people).insertMany(given);
    await database.repository(people).deleteWhere({ age: { lt: 100 } });
    return async () => await database.close();
  });

  test('gives the rows of a list in its order, with their types', async () => {
    const options = { where: { age: { lt: 2_000 } }, order: ['-age'] } as const;
    const found: unknown[] = [];

    for await (const row of database.repository(people).stream({ ...options, batchRows: 300 })) found.push(row);

    expect(found).toHaveLength(1_900);
    expect(found).toEqual(await database.repository(people).list(options));
  });

  test('may be left early, again and again, without keeping a connection', async () => {
    for (let round = 0; round < 5; round += 1) {
      for await (const { age } of database.repository(people).stream({ order: ['age'], batchRows: 10 })) {
        expect(age).toBe(100);
        break;
      }
    }

    expect(await database.repository(people).count()).toBe(rows - 100);
  });

  test('works in a transaction, which goes on after it', async () => {
    await database.transaction(async (tx) => {
      let seen = 0;
      for await (const row of tx.repository(people).stream({ limit: 1_200 })) seen += row.active ? 1 : 0;
      expect(seen).toBe(1_200);
      expect(await tx.repository(people).count()).toBe(rows - 100);
    });
  });

  test('ends by its signal with an error', async () => {
    const abort = new AbortController();
    const read = async (): Promise<void> => {
      for await (const { age } of database
        .repository(people)
        .stream({ order: ['age'], batchRows: 10, signal: abort.signal }))
        if (age === 105) abort.abort();
    };

    await expect(read()).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(await database.repository(people).exists()).toBe(true);
  });

  test('refuses a filter that cannot be before the first row', async () => {
    const read = async (where: object, batchRows = 1): Promise<void> => {
      for await (const row of database.repository(people).stream({ where, batchRows })) expect(row).toBeUndefined();
    };

    await expect(read({ nope: 1 })).rejects.toMatchObject({ code: 'FIELD_UNKNOWN' });
    await expect(read({}, 0)).rejects.toMatchObject({ code: 'FILTER_INVALID' });
  });
});
