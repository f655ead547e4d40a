import { beforeEach, expect, test } from 'vitest';
import type { ServiceDatabase } from '../../src/connect/service-session.ts';
import { createRepository } from '../../src/repository/create-repository.ts';
import { describeEachServer } from '../servers/describe-each-server.ts';
import { openSchema } from '../servers/open-schema.ts';
import { unsupported } from '../../src/testing/unsupported.ts';
import { people, shop, tags } from '../integration/repository/shop.ts';

describeEachServer('lock and lockList', (server) => {
  let database: ServiceDatabase;

  beforeEach(async () => {
    database ??= await openSchema(server, shop);
    await database.repository(tags).deleteWhere('all');
    await database.repository(tags).insertMany(['a', 'b', 'c', 'd'].map((name, rank) => ({ name, rank })));
  });

  test('give rows to one transaction: 20 concurrent increments lose none', async () => {
    const { id } = await database.repository(tags).getBy({ name: 'a' });
    const increment = async (): Promise<void> =>
      await database.transaction(async (tx) => {
        const { rank } = await tx.repository(tags).lock(id);
        await tx.repository(tags).update(id, { rank: rank + 1 });
      });

    await Promise.all(Array.from({ length: 20 }, increment));

    expect((await database.repository(tags).get(id)).rank).toBe(20);
  });

  test('share out a queue: no row goes to two workers', async () => {
    const taken: string[] = [];
    const work = async (): Promise<void> =>
      await database.transaction(async (tx) => {
        const options = { where: { rank: { lt: 100 } }, order: ['name'], limit: 1, whenLocked: 'skip' } as const;
        for (const { id, name } of await tx.repository(tags).lockList(options)) {
          await tx.repository(tags).update(id, { rank: 100 });
          taken.push(name);
        }
      });

    await Promise.all(Array.from({ length: 4 }, work));
    while (taken.length < 4) await work();

    expect(taken.toSorted()).toEqual(['a', 'b', 'c', 'd']);
  });

  test('find no row that is missing or soft-deleted', async () => {
    const { id } = await database.repository(people).insert({ email: 'ada@x' });
    await database.repository(people).delete(id);

    await database.transaction(async (tx) => {
      expect(await tx.repository(people).lockList({ where: { email: 'ada@x' } })).toEqual([]);
      expect(await tx.repository(people).lockList({ withDeleted: true })).toHaveLength(1);
      await expect(tx.repository(people).lock(id)).rejects.toMatchObject({ code: 'ROW_NOT_FOUND' });
    });
  });

  test('take part in the transaction around them, whichever repository is asked', async () => {
    const repository = database.repository(tags);
    const { id } = await repository.getBy({ name: 'a' });

    const locked = await database.transaction(async () => await repository.lock(id));

    expect(locked.name).toBe('a');
  });

  test('are refused outside a transaction', async () => {
    await expect(database.repository(tags).lock(1)).rejects.toMatchObject({ code: 'TRANSACTION_REQUIRED' });
    await expect(database.repository(tags).lockList()).rejects.toMatchObject({ code: 'TRANSACTION_REQUIRED' });
  });
});

describeEachServer('rows locked by another transaction', (server) => {
  if (server.engine === 'sqlite')
    return unsupported('one transaction writes at a time, so no row is locked by another');
  let database: ServiceDatabase;

  beforeEach(async () => {
    database = await openSchema(server, shop);
    await database.repository(tags).insertMany(['a', 'b', 'c', 'd'].map((name, rank) => ({ name, rank })));
    return async () => await database.close();
  });

  test('are skipped, or refused at once, when they are asked for so', async () => {
    const { id } = await database.repository(tags).getBy({ name: 'a' });
    await using holder = await database.begin();
    const names = async (): Promise<readonly string[]> =>
      await database.transaction(async (tx) =>
        (await tx.repository(tags).lockList({ order: ['name'], whenLocked: 'skip' })).map(({ name }) => name),
      );
    await createRepository(tags, holder).lock(id);

    expect(await names()).toEqual(['b', 'c', 'd']);
    const impatient = database.transaction(async (tx) => await tx.repository(tags).lock(id, { whenLocked: 'fail' }));
    await expect(impatient).rejects.toMatchObject({ code: 'ROW_LOCKED' });
    await holder.rollback();
    expect(await names()).toEqual(['a', 'b', 'c', 'd']);
  });

  return undefined;
});
