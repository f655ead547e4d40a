import { beforeEach, expect, test } from 'vitest';
import type { ServiceDatabase } from '../../src/connect/service-session.ts';
import { describeEachServer } from '../servers/describe-each-server.ts';
import { openSchema } from '../servers/open-schema.ts';
import { people, shop, tags } from '../integration/repository/shop.ts';

describeEachServer('soft deletion and purges', (server) => {
  let database: ServiceDatabase;

  beforeEach(async () => {
    database ??= await openSchema(server, shop);
    await database.repository(people).deleteWhere('all');
    await database.repository(people).purgeWhere('all');
  });

  test('mark a row, bring it back, and delete it for good only when it is marked', async () => {
    const repository = database.repository(people);
    const { id } = await repository.insert({ email: 'ada@x' });
    const all = { withDeleted: true };

    await expect(repository.purge(id)).rejects.toMatchObject({ code: 'ROW_NOT_FOUND' });
    await repository.softDelete(id);
    expect(await repository.find(id)).toBeUndefined();
    expect((await repository.get(id, all)).deletedAt).toBeInstanceOf(Date);
    await expect(repository.softDelete(id)).rejects.toMatchObject({ code: 'ROW_NOT_FOUND' });
    expect((await repository.restore(id)).deletedAt).toBeNull();
    await expect(repository.restore(id)).rejects.toMatchObject({ code: 'ROW_NOT_FOUND' });
    await repository.softDelete(id);
    await repository.purge(id);

    expect(await repository.find(id, all)).toBeUndefined();
  });

  test('purge by predicate: only what is marked, never all by accident, never another number than expected', async () => {
    const repository = database.repository(people);
    await repository.insertMany(Array.from({ length: 6 }, (_, age) => ({ email: `p${age}@x`, age })));
    await repository.deleteWhere({ age: { lt: 4 } });

    await expect(repository.purgeWhere({})).rejects.toMatchObject({ code: 'PREDICATE_REQUIRED' });
    await expect(repository.purgeWhere({ age: { gte: 2 } }, { expected: 4 })).rejects.toMatchObject({
      code: 'ROW_COUNT_UNEXPECTED',
      details: { found: 2 },
    });
    expect(await repository.count(undefined, { withDeleted: true })).toBe(6);
    expect(await repository.purgeWhere({ age: { gte: 2 } }, { expected: 2 })).toBe(2);
    expect(await repository.purgeWhere('all')).toBe(2);
    expect((await repository.list({ withDeleted: true, order: ['age'] })).map(({ age }) => age)).toEqual([4, 5]);
  });

  test('are refused on a table that deletes for good', async () => {
    const repository = database.repository(tags);

    await expect(repository.softDelete(1)).rejects.toMatchObject({ code: 'CAPABILITY_MISSING' });
    await expect(repository.purge(1)).rejects.toMatchObject({ code: 'CAPABILITY_MISSING' });
    await expect(repository.purgeWhere('all')).rejects.toMatchObject({ code: 'CAPABILITY_MISSING' });
    await expect(repository.restore(1)).rejects.toMatchObject({ code: 'CAPABILITY_MISSING' });
  });
});
