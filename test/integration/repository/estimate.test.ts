import { expect, test } from 'vitest';
import type { ServiceDatabase } from '../../../src/connect/service-session.ts';
import { integer, text } from '../../../src/schema/column/types.ts';
import { relations } from '../../../src/schema/relations/relations.ts';
import { table } from '../../../src/schema/table/table.ts';
import { sql } from '../../../src/sql/sql.ts';
import { describeEachServer } from '../../servers/describe-each-server.ts';
import { openSchema } from '../../servers/open-schema.ts';
import { statementsOf } from '../include/count-statements.ts';

const owners = table('owner', { id: integer().primaryKey(), name: text({ max: 40 }) });
const pets = table('pet', {
  id: integer().primaryKey(),
  ownerId: integer()
    .index()
    .references(() => owners.id),
  kind: text({ max: 20 }),
});
const home = relations({ owners, pets }, (r) => ({ owners: { pets: r.many.pets() }, pets: { owner: r.one.owners() } }));

const rows = 4_000;

describeEachServer('the planner’s number of rows', (server) => {
  const open = async (): Promise<ServiceDatabase> => {
    const database = await openSchema(server, { owners, pets });
    await database.repository(owners).insertMany([1, 2, 3, 4].map((id) => ({ id, name: `owner ${id}` })));
    await database
      .repository(pets)
      .insertMany(
        Array.from({ length: rows }, (_, id) => ({ id, ownerId: (id % 4) + 1, kind: id % 2 === 0 ? 'cat' : 'dog' })),
      );
    if (plans(database)) await database.execute(analyze(server.engine));
    return database;
  };
  const plans = ({ dialect }: ServiceDatabase): boolean => dialect.queries.plannedRows !== undefined;

  test('is near what the filter finds', async () => {
    await using database = await open();
    const all = database.repository(pets);

    const estimates = [
      await all.estimateCount(),
      await all.estimateCount({ ownerId: 1 }),
      await all.estimateCount({ id: 7 }),
      await all.estimateCount({ kind: 'cat', id: { lt: 0 } }),
    ];

    const isExact = !plans(database);
    const [whole, quarter, one, none] = estimates.map(({ count }) => count);
    expect(estimates.map((estimate) => estimate.isExact)).toEqual([isExact, isExact, isExact, isExact]);
    expect(Math.abs(whole! - rows)).toBeLessThan(rows / 10);
    expect(Math.abs(quarter! - rows / 4)).toBeLessThan(rows / 10);
    expect(one).toBe(1);
    expect(none).toBeLessThan(3);
  });

  test('is for filters on related rows too', async () => {
    await using database = await open();

    const { count } = await database.repository(home.pets).estimateCount({ owner: { is: { id: 1 } } });

    expect(count).toBeGreaterThan(0);
    expect(count).toBeLessThanOrEqual(rows);
  });

  test('is given up for a count where it is small, and the count goes no further than asked', async () => {
    await using database = await open();
    const all = database.repository(pets);

    const few = await all.estimateCount({ id: { lt: 50 } }, { exactUpTo: 1_000 });
    const many = await all.estimateCount({}, { exactUpTo: 1_000 });
    const statements = await statementsOf(database, async () => await all.estimateCount({}, { exactUpTo: 1_000 }));

    expect(few).toEqual({ count: 50, isExact: true });
    expect(many.isExact).toBe(!plans(database));
    expect(Math.abs(many.count - rows)).toBeLessThan(rows / 10);
    expect(statements).toHaveLength(1);
  });
});

function analyze(engine: string): ReturnType<typeof sql> {
  return engine === 'postgresql' ? sql`analyze` : sql`analyze table owner, pet`;
}
