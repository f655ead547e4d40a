import { expect, test } from 'vitest';
import type { Database } from '../../../src/database/database.ts';
import { upgrade } from '../../../src/migration/run/upgrade.ts';
import { sql } from '../../../src/sql/sql.ts';
import { describeEachServer } from '../../servers/describe-each-server.ts';
import { openBench } from '../migration/open-bench.ts';
import { first, table } from './people.ts';
import { revision } from '../migration/history.ts';
import type { Change } from '../../../src/catalog/change/change.ts';
import { textExpression } from '../../../src/catalog/model/expression.ts';

/** The two columns of a name, kept in step; `change` may say how. */
const kept = (change: Partial<Extract<Change, { kind: 'keep-in-step' }>> = {}): Parameters<typeof openBench>[1] => [
  first,
  revision(
    'step',
    ['first'],
    [
      {
        kind: 'add-column',
        table,
        column: { name: 'full_name', type: { kind: 'varchar', length: 60 }, nullable: true },
      },
      { kind: 'keep-in-step', table, from: 'name', to: 'full_name', ...change },
    ],
  ),
];

async function names(database: Database): Promise<readonly unknown[]> {
  const rows = await database.query<{ id: unknown; name: unknown; full_name: unknown }>(
    sql`select id, name, full_name from person order by id`,
  );
  return rows.map(({ id, name, full_name: full }) => [Number(id), name, full]);
}

describeEachServer('columns that are kept in step', (server) => {
  test('what old code inserts is there for new code, and the other way round', async () => {
    await using temporary = await server.database();
    await using bench = await openBench(temporary.url, kept());
    const { database } = bench;
    await upgrade(bench.context);

    await database.execute(sql`insert into person (id, name, code) values (1, 'Ada', 1)`);
    await database.execute(sql`insert into person (id, full_name, code) values (2, 'Bob', 1)`);
    await database.execute(sql`insert into person (id, name, full_name, code) values (3, 'old', 'new', 1)`);

    expect(await names(database)).toEqual([
      [1, 'Ada', 'Ada'],
      [2, 'Bob', 'Bob'],
      [3, 'new', 'new'],
    ]);
  });

  test('what either code updates is carried over, and what neither touches stays', async () => {
    await using temporary = await server.database();
    await using bench = await openBench(temporary.url, kept());
    const { database } = bench;
    await upgrade(bench.context);
    for (const id of [1, 2, 3])
      await database.execute(sql`insert into person (id, name, code) values (${id}, ${`p${id}`}, 1)`);

    await database.execute(sql`update person set name = 'by old' where id = 1`);
    await database.execute(sql`update person set full_name = 'by new' where id = 2`);
    await database.execute(sql`update person set code = 7`);

    expect(await names(database)).toEqual([
      [1, 'by old', 'by old'],
      [2, 'by new', 'by new'],
      [3, 'p3', 'p3'],
    ]);
  });

  test('a row that gives neither is refused where a value is needed', async () => {
    await using temporary = await server.database();
    await using bench = await openBench(temporary.url, kept());
    await upgrade(bench.context);

    const insert = bench.database.execute(sql`insert into person (id, code) values (1, 1)`);

    await expect(insert).rejects.toThrow();
    expect(await names(bench.database)).toEqual([]);
  });

  test('a default of the old column is what new code gets when it leaves the column out', async () => {
    await using temporary = await server.database();
    const temper = { name: 'temper', type: { kind: 'varchar', length: 20 }, nullable: true } as const;
    const step = revision(
      'step',
      ['first'],
      [
        { kind: 'add-column', table, column: temper },
        { kind: 'keep-in-step', table, from: 'mood', to: 'temper' },
      ],
    );
    await using bench = await openBench(temporary.url, [first, step]);
    const { database } = bench;
    await upgrade(bench.context);

    await database.execute(sql`insert into person (id, name, code) values (1, 'a', 1)`);
    await database.execute(sql`insert into person (id, name, code, temper) values (2, 'b', 1, 'wild')`);
    await database.execute(sql`insert into person (id, name, code, mood) values (3, 'c', 1, 'glad')`);
    await database.execute(sql`update person set temper = null where id = 2`);

    const rows = await database.query(sql`select mood, temper from person order by id`);
    expect(rows).toEqual([
      { mood: 'calm', temper: 'calm' },
      { mood: null, temper: null },
      { mood: 'glad', temper: 'glad' },
    ]);
  });

  test('a way that loses something does not write back what it lost', async () => {
    await using temporary = await server.database();
    await using bench = await openBench(
      temporary.url,
      kept({ forward: textExpression('lower(name)'), back: textExpression('full_name') }),
    );
    const { database } = bench;
    await upgrade(bench.context);

    await database.execute(sql`insert into person (id, name, code) values (1, 'Ada', 1)`);
    await database.execute(sql`insert into person (id, full_name, code) values (2, 'Bob', 1)`);
    await database.execute(sql`update person set code = 2`);
    await database.execute(sql`update person set name = 'EVE' where id = 2`);

    expect(await names(database)).toEqual([
      [1, 'Ada', 'ada'],
      [2, 'EVE', 'eve'],
    ]);
  });
});
