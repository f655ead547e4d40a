import { beforeAll, expect, test } from 'vitest';
import type { ServiceDatabase } from '../../src/connect/service-session.ts';
import { describeEachServer } from '../servers/describe-each-server.ts';
import { openSchema } from '../servers/open-schema.ts';
import { statementsOf } from '../integration/include/count-statements.ts';
import { people, shop } from '../integration/repository/shop.ts';

describeEachServer('listAndCount', (server) => {
  let database: ServiceDatabase;

  beforeAll(async () => {
    database = await openSchema(server, shop);
    const repository = database.repository(people);
    await repository.insertMany(Array.from({ length: 10 }, (_, age) => ({ email: `p${age}@x`, age })));
    await repository.deleteWhere({ age: 9 });
    return async () => await database.close();
  });

  test('gives a window and the number of all, in one statement', async () => {
    const repository = database.repository(people);
    const read = async (): Promise<unknown> => {
      const { rows, total } = await repository.listAndCount({
        where: { age: { gte: 3 } },
        order: ['age'],
        limit: 2,
        offset: 1,
      });
      expect(rows.map(({ age }) => age)).toEqual([4, 5]);
      expect(total).toBe(6);
      return rows;
    };

    expect(await statementsOf(database, read)).toHaveLength(1);
  });

  test('counts past the end, with a limit of nothing, and where nothing is found', async () => {
    const repository = database.repository(people);

    expect(await repository.listAndCount({ limit: 5, offset: 50 })).toEqual({ rows: [], total: 9 });
    expect(await repository.listAndCount({ limit: 0 })).toEqual({ rows: [], total: 9 });
    expect(await repository.listAndCount({ where: { age: 99 }, limit: 5 })).toEqual({ rows: [], total: 0 });
  });

  test('counts soft-deleted rows when they are asked for', async () => {
    const { rows, total } = await database.repository(people).listAndCount({ withDeleted: true });

    expect(rows).toHaveLength(10);
    expect(total).toBe(10);
  });
});
