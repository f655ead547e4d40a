import { expect, test } from 'vitest';
import { describeServers } from '../../servers/describe-each-server.ts';
import { randomNumbers, randomSchema } from './random-tables.ts';
import { pragmaDump, runInMode, sqliteDatabase } from './sqlite-database.ts';

const seeds = Array.from({ length: 60 }, (_, at) => at + 1);

/** Every column but the two that all schemas have gets its default, so that one list of rows fits all of them. */
const rows = Array.from({ length: 5 }, (_, at) => at * 3 + 1)
  .map((id) => `insert into t (id, a) values (${id}, 'Row ${id}'); insert into child values (${id})`)
  .join(';');

describeServers(['sqlite'], 'any table', (server) => {
  test.each(seeds)('becomes another and itself again with its rows (seed %i)', async (seed) => {
    const random = randomNumbers(seed);
    const [here, there] = [randomSchema(random), randomSchema(random)];
    await using first = await sqliteDatabase(server, here);
    await using second = await sqliteDatabase(server, there);
    await using original = await sqliteDatabase(server, here);
    await first.connection.script(rows);
    const before = await first.rows('select id, a from t order by id');

    await runInMode(first, await first.planTo(second));
    expect(await pragmaDump(first)).toEqual(await pragmaDump(second));
    expect(await first.planTo(second)).toEqual([]);
    expect(await first.rows('select id, a from t order by id')).toEqual(before);
    expect(await first.rows('select count(*) from child')).toEqual([[5]]);

    await runInMode(first, await first.planTo(original));
    expect(await pragmaDump(first)).toEqual(await pragmaDump(original));
    expect(await first.planTo(original)).toEqual([]);
    expect(await first.rows('select id, a from t order by id')).toEqual(before);
  });
});
