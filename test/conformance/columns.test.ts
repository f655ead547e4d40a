import { beforeEach, expect, test } from 'vitest';
import type { ServiceDatabase } from '../../src/connect/service-session.ts';
import { fromCode, integer, now, sql, table, text, timestamptz } from '../../src/index.ts';
import { describeEachServer } from '../servers/describe-each-server.ts';
import { openSchema } from '../servers/open-schema.ts';

let made = 0;
const orders = table('purchase', {
  id: integer().identity().primaryKey(),
  code: text({ max: 20 }).default(fromCode(() => `P-${(made += 1)}`)),
  pieces: integer().default(1),
  cents: integer(),
  total: integer().generatedAs(sql`pieces * cents`),
  state: text({ max: 20 }).default('open'),
  buyer: text({ max: 20 }).immutable(),
  orderedAt: timestamptz().default(now()),
});

describeEachServer('columns that are made', (server) => {
  let database: ServiceDatabase;

  beforeEach(async () => {
    database = await openSchema(server, { orders });
    return async () => await database.close();
  });

  test('come from code, from a constant, from the clock and from other columns', async () => {
    const repository = database.repository(orders);

    const row = await repository.insert({ cents: 250, buyer: 'ada', pieces: 3 });
    const changed = await repository.update(row.id, { pieces: 4 });

    expect(row).toMatchObject({ code: `P-${made}`, state: 'open', total: 750 });
    expect(row.orderedAt).toBeInstanceOf(Date);
    expect(changed).toEqual({ ...row, pieces: 4, total: 1_000 });
    await repository.insertMany([
      { cents: 1, buyer: 'bob' },
      { cents: 2, buyer: 'bob', code: 'given' },
    ]);
    const many = await repository.list({ where: { buyer: 'bob' }, order: ['cents'] });
    expect(many.map(({ code, total }) => [code, total])).toEqual([
      [`P-${made}`, 1],
      ['given', 2],
    ]);
    expect(await repository.list({ where: { total: { gte: 1_000 } } })).toEqual([changed]);
  });

  test('refuse to be written, and an immutable one to be changed', async () => {
    const repository = database.repository(orders);
    const { id } = await repository.insert({ cents: 1, buyer: 'ada' });
    const refusal = { code: 'FIELD_IMMUTABLE' };
    const wrong = { total: 5 } as object;

    await expect(repository.insert({ cents: 1, buyer: 'a', ...wrong })).rejects.toMatchObject(refusal);
    await expect(repository.insertMany([{ cents: 1, buyer: 'a', ...wrong }])).rejects.toMatchObject(refusal);
    await expect(repository.update(id, wrong)).rejects.toMatchObject(refusal);
    await expect(repository.update(id, { buyer: 'bob' } as object)).rejects.toMatchObject(refusal);
    await expect(repository.updateWhere('all', { buyer: 'bob' } as object)).rejects.toMatchObject(refusal);
    expect((await repository.get(id)).buyer).toBe('ada');
  });
});
