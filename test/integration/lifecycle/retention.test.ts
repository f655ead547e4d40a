import { expect, test } from 'vitest';
import { retention } from '../../../src/index.ts';
import { runRetention, type RetentionProgress } from '../../../src/lifecycle/retention/run-retention.ts';
import { describeEachServer } from '../../servers/describe-each-server.ts';
import { openSchema } from '../../servers/open-schema.ts';
import { archive, files, orders, parcels, visits } from './archive.ts';

const now = new Date('2026-06-30T12:00:00Z');
const daysAgo = (days: number): Date => new Date(now.getTime() - days * 86_400_000);
const order = (id: number, days: number, deletedDaysAgo?: number) => ({
  id,
  customer: 'ada',
  placedAt: daysAgo(days),
  deletedAt: deletedDaysAgo === undefined ? null : daysAgo(deletedDaysAgo),
});

describeEachServer('retention', (server) => {
  test('deletes softly what is old, and for good what was deleted long ago', async () => {
    await using database = await openSchema(server, archive);
    const rows = database.repository(orders);
    await rows.insertMany([
      order(1, 10),
      order(2, 91),
      order(3, 100),
      order(4, 100, 40),
      order(5, 1, 31),
      order(6, 1, 29),
    ]);
    const policy = retention(orders, { by: 'placedAt', olderThan: '90 days', purgeAfter: '30 days' });

    const due = await runRetention(database, [policy], { now, dryRun: true });
    expect(await rows.count({}, { withDeleted: true })).toBe(6);
    const done = await runRetention(database, [policy], { now });

    expect(done).toEqual([
      { table: 'purchase', kind: 'purge', before: daysAgo(30), rows: 2 },
      { table: 'purchase', kind: 'soft-delete', before: daysAgo(90), rows: 2 },
    ]);
    expect(due).toEqual(done);
    expect((await rows.list()).map(({ id }) => id)).toEqual([1]);
    expect((await rows.list({ withDeleted: true, order: ['id'] })).map(({ id }) => id)).toEqual([1, 2, 3, 6]);
    expect((await runRetention(database, [policy], { now })).map((outcome) => outcome.rows)).toEqual([0, 0]);
  });

  test('deletes for good at once where that is asked, whether deleted softly before or not', async () => {
    await using database = await openSchema(server, archive);
    const rows = database.repository(orders);
    await rows.insertMany([order(1, 10), order(2, 91), order(3, 100, 1), order(4, 10, 1)]);
    const policy = retention(orders, { by: 'placedAt', olderThan: '90 days', hard: true });

    const done = await runRetention(database, [policy], { now });

    expect(done.map((outcome) => [outcome.kind, outcome.rows])).toEqual([['delete', 2]]);
    expect((await rows.list({ withDeleted: true, order: ['id'] })).map(({ id }) => id)).toEqual([1, 4]);
  });

  test('goes in batches, of composite keys too, and only to the rows it is for', async () => {
    await using database = await openSchema(server, archive);
    const rows = database.repository(visits);
    const visit = (day: string, page: string) => ({ customer: 'ada', day, page, seenAt: `${day}T10:00:00` });
    const pages = Array.from({ length: 7 }, (_, page) => visit('2026-01-15', `/p${page}`));
    await rows.insertMany([...pages, visit('2026-01-15', '/keep'), visit('2026-06-29', '/new')]);
    const progress: RetentionProgress[] = [];
    const policies = [
      retention(visits, { by: 'day', olderThan: '3 months', where: { page: { ne: '/keep' } }, batchRows: 3 }),
      retention(visits, { by: 'seenAt', olderThan: '2 years' }),
    ];

    const done = await runRetention(database, policies, { now, onProgress: (one) => progress.push(one) });

    expect(done.map((outcome) => outcome.rows)).toEqual([7, 0]);
    expect(progress.map((one) => [one.done, one.due])).toEqual([
      [3, 7],
      [6, 7],
      [7, 7],
    ]);
    expect((await rows.list({ order: ['day'] })).map(({ page }) => page)).toEqual(['/keep', '/new']);
  });

  test('says which rows are referred to, and has them when the policies are in order', async () => {
    await using database = await openSchema(server, archive);
    await database.repository(orders).insertMany([order(1, 100), order(2, 100)]);
    await database.repository(parcels).insert({ id: 1, orderId: 1, sentAt: daysAgo(100) });
    const [hard, sent] = [
      retention(orders, { by: 'placedAt', olderThan: '90 days', hard: true }),
      retention(parcels, { by: 'sentAt', olderThan: '90 days' }),
    ];

    const wrong = runRetention(database, [hard, sent], { now });

    await expect(wrong).rejects.toMatchObject({
      code: 'FOREIGN_KEY_VIOLATION',
      message: 'purchase: rows are due that others still refer to',
    });
    expect(await database.repository(orders).count()).toBe(2);
    expect((await runRetention(database, [sent, hard], { now })).map((outcome) => outcome.rows)).toEqual([1, 2]);
  });

  test('reaches the rows of all tenants', async () => {
    await using database = await openSchema(server, archive);
    for (const [id, tenantId] of [
      [1, 10],
      [2, 20],
    ] as const)
      await database
        .forTenant(tenantId)
        .repository(files)
        .insert({ id, owner: 'ada', savedAt: '2025-01-01T00:00:00.123456Z' } as never);

    const done = await runRetention(database, [retention(files, { by: 'savedAt', olderThan: '1 year' })], { now });

    expect(done.map((outcome) => outcome.rows)).toEqual([2]);
  });

  test('stops between two batches when it is told to', async () => {
    await using database = await openSchema(server, archive);
    const rows = database.repository(orders);
    await rows.insertMany([1, 2, 3, 4].map((id) => order(id, 100)));
    const stop = new AbortController();
    const policy = retention(orders, { by: 'placedAt', olderThan: '90 days', batchRows: 2 });

    const run = runRetention(database, [policy], { now, signal: stop.signal, onProgress: () => stop.abort() });

    await expect(run).rejects.toMatchObject({ code: 'CANCELLED' });
    expect((await rows.list({ order: ['id'] })).map(({ id }) => id)).toEqual([3, 4]);
  });
});

test.each([
  ['by and olderThan go together', { by: 'placedAt' }],
  ['nothing says how long rows are kept', {}],
  ['note holds no moments', { by: 'note', olderThan: '1 day' }],
  ['there is no property age', { by: 'age', olderThan: '1 day' }],
  ['is no length of time', { by: 'placedAt', olderThan: 'a while' }],
  ['a hard deletion leaves nothing to purge', { by: 'placedAt', olderThan: '1 day', hard: true, purgeAfter: '1 day' }],
  ['batchRows is a whole number', { purgeAfter: '1 day', batchRows: 0 }],
])('a policy is refused because %s', (reason, options) => {
  expect(() => retention(orders, options as never)).toThrow(reason);
});

test('a table that deletes for good has nothing to purge', () => {
  expect(() => retention(visits, { purgeAfter: '1 day' })).toThrow('purgeAfter is for a table that deletes softly');
});
