import { beforeEach, expect, test } from 'vitest';
import type { ServiceDatabase } from '../../../src/connect/service-session.ts';
import type { Repository, Where } from '../../../src/index.ts';
import { describeEachServer } from '../../servers/describe-each-server.ts';
import { openSchema } from '../../servers/open-schema.ts';
import { accounts, people, seats, shop, tags } from './shop.ts';

describeEachServer('writing rows', (server) => {
  let database: ServiceDatabase;
  let repository: Repository<typeof people.$row, typeof people.$insert, typeof people.$patch>;

  beforeEach(async () => {
    database ??= await openSchema(server, shop);
    repository = database.repository(people);
    await repository.deleteWhere('all');
    await database.repository(tags).deleteWhere('all');
    await database.repository(seats).deleteWhere('all');
    await database.repository(accounts).deleteWhere('all');
  });

  test('inserts a row and gives it back whole, defaults by code and by the database included', async () => {
    const row = await repository.insert({ email: 'ada@x', balance: '12.50', profile: { a: [1, 'two', null] } });

    expect(row).toMatchObject({
      email: 'ada@x',
      balance: '12.50',
      visits: 0n,
      mood: 'ok',
      active: true,
      deletedAt: null,
      profile: { a: [1, 'two', null] },
    });
    expect(row.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7/);
    expect(Math.abs(row.createdAt.getTime() - Date.now())).toBeLessThan(60_000);
    expect(await repository.get(row.id)).toEqual(row);
  });

  test('gives the number that the database made', async () => {
    const repositoryOfTags = database.repository(tags);
    const first = await repositoryOfTags.insert({ name: 'a' });
    const second = await repositoryOfTags.insert({ name: 'b' });

    expect(second.id).toBeGreaterThan(first.id);
    expect(second).toEqual({ id: second.id, name: 'b', rank: 1 });
  });

  test('inserts many rows or none', async () => {
    const rows = Array.from({ length: 2_500 }, (_, number) => ({
      email: `p${number}@x`,
      ...(number % 2 === 0 ? { age: number } : {}),
    }));

    expect(await repository.insertMany(rows)).toBe(2_500);
    expect(await repository.count()).toBe(2_500);
    expect(await repository.count({ age: { isNull: false } })).toBe(1_250);
    await expect(repository.insertMany([{ email: 'new@x' }, { email: 'p1@x' }])).rejects.toMatchObject({
      code: 'UNIQUE_VIOLATION',
    });
    expect(await repository.exists({ email: 'new@x' })).toBe(false);
    expect(await repository.insertMany([])).toBe(0);
  });

  test('inserts rows that give different columns, each with its own', async () => {
    const given = [
      { email: 'a@x', age: 1, nickname: 'A' },
      { email: 'b@x', age: 2, nickname: 'B' },
      { email: 'c@x', age: 3 },
      { email: 'd@x' },
      { email: 'e@x', nickname: 'E' },
      { email: 'f@x', age: 6, nickname: 'F', balance: '6.00' },
      { email: 'g@x', age: null, nickname: 'G' },
    ];

    expect(await repository.insertMany(given)).toBe(given.length);

    const rows = await repository.list({ order: ['email'] });
    expect(rows.map(({ email, age, nickname }) => ({ email, age, nickname }))).toEqual(
      given.map(({ email, age = null, nickname = null }) => ({ email, age, nickname })),
    );
    expect(rows.at(5)?.balance).toBe('6.00');
  });

  test('changes only the given columns and moves updatedAt', async () => {
    const before = await repository.insert({ email: 'ada@x', nickname: 'Ada', age: 1 });
    await new Promise((resolve) => setTimeout(resolve, 5));

    const after = await repository.update(before.id, { age: 2, nickname: null });

    expect(after).toEqual({ ...before, age: 2, nickname: null, updatedAt: after.updatedAt });
    expect(after.updatedAt.getTime()).toBeGreaterThan(before.updatedAt.getTime());
    expect(after.createdAt).toEqual(before.createdAt);
    expect(await repository.update(before.id, {})).toEqual(after);
    await expect(repository.update('00000000-0000-7000-8000-000000000000', { age: 3 })).rejects.toMatchObject({
      code: 'ROW_NOT_FOUND',
    });
  });

  test('refuses what a column cannot hold, before anything is sent', async () => {
    const refusal = async (row: object): Promise<unknown> =>
      await repository.insert({ email: 'x@x', ...row } as never).then(
        () => 'accepted',
        (error: unknown) => (error as { code: string }).code,
      );

    expect(await refusal({ age: 1.5 })).toBe('VALUE_INVALID');
    expect(await refusal({ age: 2 ** 31 })).toBe('VALUE_INVALID');
    expect(await refusal({ balance: '1.234' })).toBe('VALUE_INVALID');
    expect(await refusal({ balance: '12345678901.00' })).toBe('VALUE_INVALID');
    expect(await refusal({ email: 'x'.repeat(121) })).toBe('VALUE_INVALID');
    expect(await refusal({ mood: 'angry' })).toBe('VALUE_INVALID');
    expect(await refusal({ born: '2026-02-30' })).toBe('VALUE_INVALID');
    expect(await refusal({ nickname: 'a\0b' })).toBe('VALUE_INVALID');
    expect(await refusal({ active: 'yes' })).toBe('VALUE_INVALID');
    expect(await refusal({ email: null })).toBe('NOT_NULL_VIOLATION');
    expect(await refusal({ nope: 1 })).toBe('FIELD_UNKNOWN');
    expect(await repository.count()).toBe(0);
  });

  test('refuses to change what cannot change, or leaves it out when told to', async () => {
    const row = await repository.insert({ email: 'ada@x' });
    const stranger = { id: '00000000-0000-7000-8000-000000000000', age: 3 } as never;

    await expect(repository.update(row.id, stranger)).rejects.toMatchObject({ code: 'FIELD_IMMUTABLE' });
    await expect(repository.update(row.id, { age: undefined } as never)).rejects.toMatchObject({
      code: 'VALUE_INVALID',
    });
    expect(await database.repository(people, { immutable: 'ignore' }).update(row.id, stranger)).toMatchObject({
      id: row.id,
      age: 3,
    });
  });

  test('writes by predicate: never all rows by accident, and never another number than expected', async () => {
    await repository.insertMany([
      { email: 'a@x', age: 1 },
      { email: 'b@x', age: 1 },
      { email: 'c@x', age: 2 },
    ]);

    await expect(repository.updateWhere({}, { age: 9 })).rejects.toMatchObject({ code: 'PREDICATE_REQUIRED' });
    const nothingSaid: Where<typeof people.$row>[] = [
      {},
      { and: [] },
      { or: [{ age: 1 }, {}] },
      { age: {} },
      { id: { notIn: [] } },
      { not: { id: { in: [] } } },
      { not: { or: [] } },
      { id: { isNull: false } },
    ];
    for (const where of nothingSaid)
      await expect(repository.deleteWhere(where)).rejects.toMatchObject({ code: 'PREDICATE_REQUIRED' });
    expect(await repository.deleteWhere({ or: [] })).toBe(0);
    expect(await repository.count()).toBe(3);
    expect(await repository.updateWhere({ age: 1 }, { age: 5 })).toBe(2);
    expect(await database.repository(tags).updateWhere({ name: 'none' }, { rank: 2 })).toBe(0);
    await expect(repository.updateWhere({ age: 5 }, { age: 6 }, { expected: 1 })).rejects.toMatchObject({
      code: 'ROW_COUNT_UNEXPECTED',
    });
    expect(await repository.count({ age: 5 })).toBe(2);
    expect(await repository.deleteWhere({ age: 5 }, { expected: 2 })).toBe(2);
    expect(await repository.updateWhere('all', { age: 7 })).toBe(1);
  });

  test('counts the rows an update matched, also where nothing changed', async () => {
    const repositoryOfTags = database.repository(tags);
    await repositoryOfTags.insertMany([{ name: 'a' }, { name: 'b' }]);

    expect(await repositoryOfTags.updateWhere('all', { rank: 1 })).toBe(2);
  });

  test('soft-deletes once, hides the row, frees its unique value, restores it', async () => {
    const row = await repository.insert({ email: 'ada@x' });
    await repository.delete(row.id);
    const { deletedAt } = await repository.get(row.id, { withDeleted: true });

    await expect(repository.delete(row.id)).rejects.toMatchObject({ code: 'ROW_NOT_FOUND' });
    expect((await repository.get(row.id, { withDeleted: true })).deletedAt).toEqual(deletedAt);
    expect(await repository.find(row.id)).toBeUndefined();
    expect(await repository.list({})).toEqual([]);
    await expect(repository.update(row.id, { age: 1 })).rejects.toMatchObject({ code: 'ROW_NOT_FOUND' });
    const second = await repository.insert({ email: 'ada@x' });
    await expect(repository.restore(row.id)).rejects.toMatchObject({ code: 'UNIQUE_VIOLATION' });
    await repository.delete(second.id);
    expect(await repository.restore(row.id)).toMatchObject({ email: 'ada@x', deletedAt: null });
    await expect(repository.restore(row.id)).rejects.toMatchObject({ code: 'ROW_NOT_FOUND' });
    expect(await repository.count({}, { withDeleted: true })).toBeGreaterThan(1);
  });

  test('deletes for good where the table does not soft-delete', async () => {
    const repositoryOfTags = database.repository(tags);
    const { id } = await repositoryOfTags.insert({ name: 'a' });

    await repositoryOfTags.delete(id);

    await expect(repositoryOfTags.delete(id)).rejects.toMatchObject({ code: 'ROW_NOT_FOUND' });
    await expect(repositoryOfTags.restore(id)).rejects.toMatchObject({ code: 'CAPABILITY_MISSING' });
  });

  test('names the constraint or the columns that were violated, without a value', async () => {
    await repository.insert({ email: 'secret-value@x' });
    const unique: unknown = await repository.insert({ email: 'secret-value@x' }).catch((error: unknown) => error);
    const check: unknown = await database
      .repository(seats)
      .insert({ row: -1, place: 1 })
      .catch((error: unknown) => error);

    expect(unique).toMatchObject({ code: 'UNIQUE_VIOLATION' });
    expect(JSON.stringify([unique, String(unique)])).not.toContain('secret-value');
    expect(check).toMatchObject({ code: 'CHECK_VIOLATION' });
  });

  test('commits together or not at all, and nests', async () => {
    await database
      .transaction(async (tx) => {
        await tx.repository(people).insert({ email: 'a@x' });
        throw new Error('changed my mind');
      })
      .catch(() => undefined);
    expect(await repository.count()).toBe(0);

    await database.transaction(async (tx) => {
      await tx.repository(people).insert({ email: 'a@x' });
      await tx
        .transaction(async (inner) => {
          await inner.repository(people).insert({ email: 'b@x' });
          throw new Error('only the inner one');
        })
        .catch(() => undefined);
    });
    expect((await repository.list({})).map(({ email }) => email)).toEqual(['a@x']);
  });
});
