import { expectTypeOf, test } from 'vitest';
import { array, bigint, decimal, integer, json, table, text, version, type Repository } from '../../src/index.ts';

const sales = table('sale', {
  id: integer().primaryKey(),
  shop: text().null(),
  cents: bigint(),
  price: decimal({ precision: 9, scale: 2 }),
  doc: json(),
  tags: array(text()),
  ...version(),
});

type Sales = Repository<(typeof sales)['$row'], (typeof sales)['$insert'], (typeof sales)['$patch']>;

test('an aggregate gives what it was asked for, in the types of the columns', () => {
  const aggregate = async (repository: Sales) =>
    await repository.aggregate({
      groupBy: ['shop'],
      count: true,
      sum: ['cents', 'price'],
      avg: ['cents'],
      max: ['id'],
      having: { count: { gt: 1 }, sum: { cents: { gte: 5n } } },
    });

  expectTypeOf<Awaited<ReturnType<typeof aggregate>>[number]>().branded.toEqualTypeOf<{
    shop: string | null;
    readonly count: number;
    readonly sum: { readonly cents: bigint | null; readonly price: string | null };
    readonly avg: { readonly cents: number | null };
    readonly max: { readonly id: number | null };
  }>();
});

test('the verbs take what fits and nothing else', () => {
  const use = async (repository: Sales): Promise<void> => {
    await repository.update(1, { price: '1.00', version: 3 });
    await repository.list({ where: { doc: { path: ['a'], gte: 4 }, tags: { hasAny: ['x'] }, shop: { matches: 'x' } } });
    // @ts-expect-error there is no such column
    await repository.aggregate({ sum: ['nope'] });
    // @ts-expect-error a sum of a bigint is a bigint
    await repository.aggregate({ count: true, having: { sum: { cents: { gt: 5 } } } });
    // @ts-expect-error a number is no text
    await repository.list({ where: { id: { gt: '5' } } });
    // @ts-expect-error there is no such operator
    await repository.list({ where: { id: { near: 5 } } });
    // @ts-expect-error one row is not skipped: lockList does that
    await repository.lock(1, { whenLocked: 'skip' });
    for await (const row of repository.stream()) expectTypeOf(row.cents).toEqualTypeOf<bigint>();
  };

  expectTypeOf(use).toBeFunction();
});
