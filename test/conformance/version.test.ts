import { beforeEach, expect, test } from 'vitest';
import type { ServiceDatabase } from '../../src/connect/service-session.ts';
import { integer, softDelete, table, text, timestamps, version } from '../../src/index.ts';
import { describeEachServer } from '../servers/describe-each-server.ts';
import { openSchema } from '../servers/open-schema.ts';
import { shop, tags } from '../integration/repository/shop.ts';

const pages = table('page', {
  id: integer().primaryKey(),
  title: text({ max: 40 }).unique(),
  body: text({ max: 40 }).default(''),
  ...version(),
  ...timestamps(),
  ...softDelete(),
});

describeEachServer('version', (server) => {
  let database: ServiceDatabase;

  beforeEach(async () => {
    database ??= await openSchema(server, { ...shop, pages });
    await database.repository(pages).deleteWhere('all');
    await database.repository(pages).purgeWhere('all');
    await database.repository(pages).insert({ id: 1, title: 'a' });
  });

  test('counts every change of a row', async () => {
    const repository = database.repository(pages);
    const versionOf = async (): Promise<number> => (await repository.get(1, { withDeleted: true })).version;

    expect(await versionOf()).toBe(1);
    expect((await repository.update(1, { body: 'x' })).version).toBe(2);
    await repository.updateWhere({ id: 1 }, { body: 'y' });
    expect(await versionOf()).toBe(3);
    expect((await repository.upsert({ id: 1, title: 'a', body: 'z' }, { match: ['title'] })).row.version).toBe(4);
    await repository.upsertMany([{ id: 1, title: 'a', body: 'zz' }], { match: ['title'] });
    expect(await versionOf()).toBe(5);
    await repository.delete(1);
    expect(await versionOf()).toBe(6);
    expect((await repository.restore(1)).version).toBe(7);
    await repository.getOrCreate({ id: 1, title: 'a' }, { match: ['title'] });
    expect(await versionOf()).toBe(7);
  });

  test('refuses a patch or a delete that means an older version', async () => {
    const repository = database.repository(pages);
    const read = await repository.get(1);
    await repository.update(1, { body: 'theirs', version: read.version });

    await expect(repository.update(1, { body: 'mine', version: read.version })).rejects.toMatchObject({
      code: 'VERSION_CONFLICT',
    });
    await expect(repository.update(1, { version: read.version })).rejects.toMatchObject({ code: 'VERSION_CONFLICT' });
    await expect(repository.delete(1, { version: read.version })).rejects.toMatchObject({ code: 'VERSION_CONFLICT' });
    expect(await repository.get(1)).toMatchObject({ body: 'theirs', version: 2 });
    expect(await repository.update(1, { version: 2 })).toMatchObject({ body: 'theirs', version: 2 });
    await repository.delete(1, { version: 2 });
    expect(await repository.find(1)).toBeUndefined();
  });

  test('lets one of 20 concurrent patches of the same version through', async () => {
    const repository = database.repository(pages);
    const writers = Array.from({ length: 20 }, (_, number) => number);

    const results = await Promise.allSettled(
      writers.map(async (number) => await repository.update(1, { body: `${number}`, version: 1 })),
    );

    const refused = results.filter((result) => result.status === 'rejected');
    expect(refused).toHaveLength(19);
    expect(new Set(refused.map(({ reason }) => (reason as { code: string }).code))).toEqual(
      new Set(['VERSION_CONFLICT']),
    );
    expect((await repository.get(1)).version).toBe(2);
  });

  test('tells a missing row from a changed one, and refuses what cannot be', async () => {
    const repository = database.repository(pages);

    await expect(repository.update(9, { body: 'x', version: 1 })).rejects.toMatchObject({ code: 'ROW_NOT_FOUND' });
    await expect(repository.delete(9, { version: 1 })).rejects.toMatchObject({ code: 'ROW_NOT_FOUND' });
    await expect(repository.updateWhere({ id: 1 }, { version: 5 })).rejects.toMatchObject({ code: 'FIELD_IMMUTABLE' });
    await expect(database.repository(tags).delete(1, { version: 1 })).rejects.toMatchObject({
      code: 'CAPABILITY_MISSING',
    });
  });
});
