import { beforeAll, expect, test } from 'vitest';
import type { ServiceDatabase } from '../../src/connect/service-session.ts';
import { bigint, decimal, double, enumType, integer, table, text, timestamptz } from '../../src/index.ts';
import { describeEachServer } from '../servers/describe-each-server.ts';
import { openSchema } from '../servers/open-schema.ts';

const color = enumType('color', ['red', 'green', 'blue']);
const sales = table('sale', {
  id: integer().primaryKey(),
  shop: text({ max: 20 }),
  color: color(),
  pieces: integer().null(),
  cents: bigint(),
  price: decimal({ precision: 12, scale: 2 }),
  exact: decimal({ precision: 30, scale: 10 }),
  weight: double().null(),
  soldAt: timestamptz({ precision: 6 }),
});

const largest = 9_223_372_036_854_775_807n;

describeEachServer('aggregate', (server) => {
  let database: ServiceDatabase;

  beforeAll(async () => {
    database = await openSchema(server, { color, sales });
    const sale = (id: number, shop: string, pieces: number | null, cents: bigint, price: string, exact: string) => ({
      id,
      shop,
      pieces,
      cents,
      price,
      exact,
      color: id % 2 === 0 ? ('red' as const) : ('blue' as const),
      weight: pieces === null ? null : pieces / 2,
      soldAt: `2026-01-0${id}T00:00:00.00000${id}Z`,
    });
    await database
      .repository(sales)
      .insertMany([
        sale(1, 'north', 1, largest, '0.10', '12345678901234567890.0000000001'),
        sale(2, 'north', 2, largest, '0.20', '9.5'),
        sale(3, 'south', 3, -5n, '0.00', '-10.0000000002'),
        sale(4, 'south', null, 0n, '-7.35', '0.1'),
        sale(5, 'east', null, 1n, '9999999999.99', '100'),
      ]);
    return async () => await database.close();
  });

  test('counts, adds up without losing a digit, and finds means and extremes', async () => {
    const all = await database.repository(sales).aggregate({
      count: true,
      sum: ['pieces', 'cents', 'price', 'exact', 'weight'],
      avg: ['pieces', 'weight', 'price'],
      min: ['cents', 'price', 'exact', 'soldAt', 'shop'],
      max: ['cents', 'price', 'exact', 'soldAt', 'pieces'],
    });

    expect(all).toEqual([
      {
        count: 5,
        sum: {
          pieces: 6,
          cents: largest * 2n - 4n,
          price: '9999999992.94',
          exact: '12345678901234567989.5999999999',
          weight: 3,
        },
        avg: { pieces: 2, weight: 1, price: expect.closeTo(1_999_999_998.588, 3) as number },
        min: {
          cents: -5n,
          price: '-7.35',
          exact: '-10.0000000002',
          soldAt: '2026-01-01T00:00:00.000001Z',
          shop: 'east',
        },
        max: {
          cents: largest,
          price: '9999999999.99',
          exact: '12345678901234567890.0000000001',
          soldAt: '2026-01-05T00:00:00.000005Z',
          pieces: 3,
        },
      },
    ]);
  });

  test('groups, orders the groups and takes a window of them', async () => {
    const repository = database.repository(sales);

    const groups = await repository.aggregate({
      groupBy: ['shop'],
      count: true,
      sum: ['pieces'],
      order: ['-count', 'shop'],
    });
    expect(groups).toEqual([
      { shop: 'north', count: 2, sum: { pieces: 3 } },
      { shop: 'south', count: 2, sum: { pieces: 3 } },
      { shop: 'east', count: 1, sum: { pieces: null } },
    ]);
    const byCents = await repository.aggregate({
      groupBy: ['shop'],
      sum: ['cents'],
      order: ['-sum.cents'],
      limit: 1,
      offset: 1,
    });
    expect(byCents).toEqual([{ shop: 'east', sum: { cents: 1n } }]);
    const pairs = await repository.aggregate({
      groupBy: ['color', 'shop'],
      order: ['color', '-shop'],
      where: { id: { lt: 4 } },
    });
    expect(pairs).toHaveLength(3);
    expect(pairs.filter((pair) => pair.color === 'blue')).toEqual([
      { color: 'blue', shop: 'south' },
      { color: 'blue', shop: 'north' },
    ]);
    expect(
      (await repository.aggregate({ groupBy: ['shop'], order: ['sum.pieces', 'shop'] })).map(({ shop }) => shop),
    ).toEqual(['north', 'south', 'east']);
  });

  test('keeps the groups whose results meet a condition, compared without loss', async () => {
    const repository = database.repository(sales);
    const shops = async (having: Parameters<typeof repository.aggregate>[0]['having']): Promise<readonly string[]> =>
      (await repository.aggregate({ groupBy: ['shop'], having, order: ['shop'] })).map(({ shop }) => shop);

    expect(await shops({ count: { gte: 2 } })).toEqual(['north', 'south']);
    expect(await shops({ sum: { cents: { eq: largest * 2n } } })).toEqual(['north']);
    expect(await shops({ sum: { cents: { ne: largest * 2n - 1n } } })).toEqual(['east', 'north', 'south']);
    expect(await shops({ sum: { exact: { gt: '12345678901234567899.5' } } })).toEqual(['north']);
    expect(await shops({ sum: { exact: { gt: '12345678901234567899.5000000001' } } })).toEqual([]);
    expect(await shops({ sum: { price: { lt: '0' } }, count: { lt: 9 } })).toEqual(['south']);
    expect(await shops({ avg: { pieces: { gte: 1.5, lt: 2 } } })).toEqual(['north']);
    expect(await shops({ min: { soldAt: { gt: '2026-01-03T00:00:00.000002Z' } } })).toEqual(['east', 'south']);
    expect(await shops({ max: { exact: { lt: '1' } } })).toEqual(['south']);
  });

  test('gives one row of nulls over nothing, and no group of nothing', async () => {
    const repository = database.repository(sales);
    const where = { id: 99 };

    expect(await repository.aggregate({ where, count: true, sum: ['cents'], max: ['price'] })).toEqual([
      { count: 0, sum: { cents: null }, max: { price: null } },
    ]);
    expect(await repository.aggregate({ where, groupBy: ['shop'], count: true })).toEqual([]);
  });

  test('refuses what cannot be computed', async () => {
    const refusal = async (options: object): Promise<unknown> =>
      await database
        .repository(sales)
        .aggregate(options)
        .catch((error: unknown) => (error as { code: string }).code);

    expect(await refusal({})).toBe('FILTER_INVALID');
    expect(await refusal({ sum: ['shop'] })).toBe('FILTER_INVALID');
    expect(await refusal({ max: ['color'] })).toBe('FILTER_INVALID');
    expect(await refusal({ sum: ['nope'] })).toBe('FIELD_UNKNOWN');
    expect(await refusal({ groupBy: ['nope'] })).toBe('FIELD_UNKNOWN');
    expect(await refusal({ count: true, median: ['pieces'] })).toBe('FILTER_INVALID');
    expect(await refusal({ count: true, having: { count: { near: 1 } } })).toBe('OPERATOR_UNKNOWN');
    expect(await refusal({ count: true, having: { count: { gt: undefined } } })).toBe('FILTER_INVALID');
    expect(await refusal({ count: true, having: { sum: { cents: { gt: 'x' } } } })).toBe('VALUE_INVALID');
    expect(await refusal({ groupBy: ['shop'], order: ['pieces'] })).toBe('ORDER_INVALID');
  });
});
