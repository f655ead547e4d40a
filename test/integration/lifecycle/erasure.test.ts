import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { erasure, type ErasureRecord } from '../../../src/index.ts';
import type { ServiceDatabase } from '../../../src/index.ts';
import { erasures } from '../../../src/lifecycle/erasure/erasure-record.ts';
import { runErasure } from '../../../src/lifecycle/erasure/run-erasure.ts';
import { describeEachServer } from '../../servers/describe-each-server.ts';
import { openSchema } from '../../servers/open-schema.ts';
import { archive, files, orders, parcels, visits } from './archive.ts';

const now = new Date('2026-06-30T12:00:00Z');
const placedAt = new Date('2026-01-01T00:00:00Z');

const plan = erasure((step) => [
  step.delete(visits, (subject) => ({ customer: subject })),
  step.anonymise(orders, (subject) => ({ customer: subject }), { customer: ({ id }) => `customer ${id}`, note: null }),
  step.keep(files, (subject) => ({ owner: subject }), 'tax law'),
]);

async function fill(database: ServiceDatabase): Promise<void> {
  await database.repository(visits).insertMany(
    ['ada', 'ada', 'grace'].map((customer, page) => {
      return { customer, day: '2026-01-01', page: `/${page}`, seenAt: '2026-01-01T10:00:00' };
    }),
  );
  await database.repository(orders).insertMany([
    { id: 1, customer: 'ada', note: 'door code 1234', placedAt },
    { id: 2, customer: 'ada', note: 'ring twice', placedAt, deletedAt: placedAt },
    { id: 3, customer: 'grace', note: 'leave it', placedAt },
  ]);
  const saved = { id: 1, owner: 'ada', savedAt: '2026-01-01T00:00:00.000000Z' };
  await database
    .forTenant(10)
    .repository(files)
    .insert(saved as never);
}

async function contents(database: ServiceDatabase): Promise<unknown> {
  const all = { withDeleted: true, order: ['id'] } as const;
  return {
    visits: (await database.repository(visits).list({ order: ['page'] })).map(({ customer }) => customer),
    orders: (await database.repository(orders).list(all)).map(({ customer, note }) => [customer, note]),
    files: await database.unscoped('test').repository(files).count(),
  };
}

describeEachServer('an erasure', (server) => {
  test('forgets one subject and leaves a record without a name', async () => {
    await using database = await openSchema(server, archive);
    await fill(database);

    const record = await runErasure(database, plan, { subject: 'ada', name: 'customer', now });

    expect(await contents(database)).toEqual({
      visits: ['grace'],
      orders: [
        ['customer 1', null],
        ['customer 2', null],
        ['grace', 'leave it'],
      ],
      files: 1,
    });
    expect(record).toEqual({
      plan: 'customer',
      subjectHash: createHash('sha256').update('ada').digest('hex'),
      erasedAt: now,
      steps: [
        { table: 'visit', kind: 'delete', rows: 2 },
        { table: 'purchase', kind: 'anonymise', rows: 2 },
        { table: 'file', kind: 'keep', rows: 1, reason: 'tax law' },
      ],
    });
    expect(await database.repository(erasures).list()).toEqual([{ id: expect.any(String) as string, ...record }]);
  });

  test('that is tried only says the same and changes nothing', async () => {
    await using database = await openSchema(server, archive);
    await fill(database);
    const before = await contents(database);

    const tried = await runErasure(database, plan, { subject: 'ada', name: 'customer', now, dryRun: true });

    expect(await contents(database)).toEqual(before);
    expect(tried.steps.map(({ rows }) => rows)).toEqual([2, 2, 1]);
    expect(await runErasure(database, plan, { subject: 'ada', name: 'customer', now })).toEqual(tried);
  });

  test('takes place with its audit or not at all', async () => {
    await using database = await openSchema(server, archive);
    await fill(database);
    const before = await contents(database);
    const told: ErasureRecord[] = [];
    const refusing = { ...plan, audit: (record: ErasureRecord) => refuse(told, record) };

    const failing = runErasure(database, refusing, { subject: 'ada', name: 'customer', now });

    await expect(failing).rejects.toThrow('the auditor is out');
    expect(told).toHaveLength(1);
    expect(await contents(database)).toEqual(before);
    expect(await database.repository(erasures).count()).toBe(0);
  });

  test('deletes for good what is deleted softly, and gives every row the same values in one go', async () => {
    await using database = await openSchema(server, archive);
    await fill(database);
    const other = erasure((step) => [
      step.anonymise(orders, (subject) => ({ customer: subject }), { customer: 'nobody' }),
      step.delete(orders, () => ({ customer: 'nobody' })),
    ]);

    const { steps } = await runErasure(database, other, { subject: 'ada', name: 'customer', now });

    expect(steps.map(({ rows }) => rows)).toEqual([2, 2]);
    expect(await database.repository(orders).count({}, { withDeleted: true })).toBe(1);
  });

  test('is stopped by what refers to its rows, when it is tried and when it is meant', async () => {
    await using database = await openSchema(server, archive);
    await fill(database);
    await database.repository(parcels).insert({ id: 1, orderId: 1, sentAt: placedAt });
    const before = await contents(database);
    const blocked = erasure((step) => [
      step.delete(visits, (subject) => ({ customer: subject })),
      step.delete(orders, (subject) => ({ customer: subject })),
    ]);

    for (const dryRun of [true, false])
      await expect(
        runErasure(database, blocked, { subject: 'ada', name: 'customer', now, dryRun }),
      ).rejects.toMatchObject({ code: 'FOREIGN_KEY_VIOLATION' });

    expect(await contents(database)).toEqual(before);
  });

  test('of everybody is refused', async () => {
    await using database = await openSchema(server, archive);
    await fill(database);
    for (const everybody of [{}, { and: [] }, { page: { notIn: [] } }]) {
      const careless = erasure((step) => [step.delete(visits, () => everybody)]);

      const failing = runErasure(database, careless, { subject: 'ada', name: 'customer', now });

      await expect(failing).rejects.toMatchObject({ code: 'PREDICATE_REQUIRED' });
    }
    expect(await database.repository(visits).count()).toBe(3);
  });
});

function refuse(told: ErasureRecord[], record: ErasureRecord): void {
  told.push(record);
  throw new Error('the auditor is out');
}

test('a plan that cannot be followed is refused where it is written', () => {
  expect(() => erasure(() => [])).toThrow('it has no steps');
  expect(() => erasure((step) => [step.keep(visits, () => ({}), ' ')])).toThrow('nothing says why');
  expect(() => erasure((step) => [step.anonymise(visits, () => ({}), {})])).toThrow('nothing of visit is replaced');
  // @ts-expect-error there is no such property
  expect(() => erasure((step) => [step.anonymise(visits, () => ({}), { name: 'x' })])).toThrow('no property name');
});
