import { setTimeout as delay } from 'node:timers/promises';
import { beforeEach, expect, test } from 'vitest';
import type { ServiceDatabase, ServiceTransaction } from '../../src/connect/service-session.ts';
import { describeEachServer } from '../servers/describe-each-server.ts';
import { openSchema } from '../servers/open-schema.ts';
import { shop, tags } from '../integration/repository/shop.ts';

type Late = (tx: ServiceTransaction) => Promise<unknown>;

/** Every kind of write, and ways around the repository. */
const lateWrites: Readonly<Record<string, Late>> = {
  insert: async (tx) => await tx.repository(tags).insert({ name: 'late' }),
  insertMany: async (tx) => await tx.repository(tags).insertMany([{ name: 'late' }]),
  update: async (tx) => await tx.repository(tags).update(1, { name: 'late' }),
  updateWhere: async (tx) => await tx.repository(tags).updateWhere('all', { name: 'late' }),
  upsert: async (tx) => await tx.repository(tags).upsert({ name: 'late' }, { match: ['name'] }),
  upsertMany: async (tx) => await tx.repository(tags).upsertMany([{ name: 'late' }], { match: ['name'] }),
  getOrCreate: async (tx) => await tx.repository(tags).getOrCreate({ name: 'late' }, { match: ['name'] }),
  deleteWhere: async (tx) => await tx.repository(tags).deleteWhere('all'),
  nested: async (tx) => await tx.transaction(async (inner) => await inner.repository(tags).insert({ name: 'late' })),
};

describeEachServer('a transaction that timed out', (server) => {
  let database: ServiceDatabase;

  beforeEach(async () => {
    database = await openSchema(server, shop);
    await database.repository(tags).insert({ name: 'before' });
    return async () => await database.close();
  });

  test.for(Object.entries(lateWrites))('keeps nothing of a late %s', async ([, late]) => {
    const { promise: outcome, resolve } = Promise.withResolvers<unknown>();

    const timedOut = database.transaction(
      async (tx) => {
        await tx.repository(tags).insert({ name: 'early' });
        await delay(150);
        await late(tx).then(() => resolve('it ran'), resolve);
      },
      { deadlineMs: 75 },
    );

    await expect(timedOut).rejects.toMatchObject({ code: 'TRANSACTION_TIMEOUT' });
    expect(await outcome).toMatchObject({ code: 'TRANSACTION_CLOSED' });
    expect((await database.repository(tags).list()).map(({ name }) => name)).toEqual(['before']);
  });
});
