import { expect, test } from 'vitest';
import type { Change } from '../../../src/catalog/change/change.ts';
import { downgrade, upgrade } from '../../../src/migration/run/upgrade.ts';
import { sql } from '../../../src/sql/sql.ts';
import { describeEachServer } from '../../servers/describe-each-server.ts';
import { openBench } from '../migration/open-bench.ts';
import { first, history, table } from './people.ts';

const rename: readonly Change[] = [{ kind: 'rename-table', table, to: 'customer' }];
const both: readonly Change[] = [
  ...rename,
  { kind: 'rename-column', table: { name: 'customer' }, column: 'name', to: 'full_name' },
];

describeEachServer('a table that was renamed', (server) => {
  test('is read and written under both names until the contract', async () => {
    await using temporary = await server.database();
    const revisions = history(rename);
    await using bench = await openBench(temporary.url, revisions);
    const { database } = bench;
    await upgrade(bench.with(revisions, { phase: 'expand' }));

    await database.execute(sql`insert into person (id, name, code) values (1, 'Ada', 1)`);
    await database.execute(sql`insert into customer (id, name, code) values (2, 'Bob', 1)`);
    await database.execute(sql`update person set code = 5 where id = 2`);
    await database.execute(sql`insert into person (id, name, code) values (3, 'Eve', 1)`);
    await database.execute(sql`delete from person where id = 3`);

    const rows = [
      { id: 1, name: 'Ada', mood: 'calm', code: 1 },
      { id: 2, name: 'Bob', mood: 'calm', code: 5 },
    ];
    expect(await numbers(database.query(sql`select id, name, mood, code from person order by id`))).toEqual(rows);
    await upgrade(bench.context);
    expect(await numbers(database.query(sql`select id, name, mood, code from customer order by id`))).toEqual(rows);
    await expect(database.query(sql`select * from person`)).rejects.toMatchObject({ code: 'OBJECT_MISSING' });
  });

  test('can have a renamed column too, under old names and new ones', async () => {
    await using temporary = await server.database();
    const revisions = history(both);
    await using bench = await openBench(temporary.url, revisions);
    const { database } = bench;
    await upgrade(bench.with(revisions, { phase: 'expand' }));

    await database.execute(sql`insert into person (id, name, code) values (1, 'Ada', 1)`);
    await database.execute(sql`insert into customer (id, full_name, code) values (2, 'Bob', 1)`);
    await database.execute(sql`update person set name = 'Rob' where id = 2`);
    await upgrade(bench.context);

    const rows = await numbers(database.query(sql`select id, full_name from customer order by id`));
    expect(rows).toEqual([
      { id: 1, full_name: 'Ada' },
      { id: 2, full_name: 'Rob' },
    ]);
  });

  test('has its old name again after a downgrade', async () => {
    await using temporary = await server.database();
    await using bench = await openBench(temporary.url, history(rename));
    const { database } = bench;
    await upgrade(bench.context);
    await database.execute(sql`insert into customer (id, name, code) values (2, 'Bob', 1)`);

    await downgrade(bench.context, first.id);

    expect(await numbers(database.query(sql`select id, name from person`))).toEqual([{ id: 2, name: 'Bob' }]);
    await expect(database.query(sql`select * from customer`)).rejects.toMatchObject({ code: 'OBJECT_MISSING' });
  });

  test('gives back what was added to it while it had both names', async () => {
    await using temporary = await server.database();
    const unique = { name: 'customer_code_key', columns: ['code'] };
    const revisions = history([...rename, { kind: 'add-unique', table: { name: 'customer' }, unique }]);
    await using bench = await openBench(temporary.url, revisions);
    const { database } = bench;
    await upgrade(bench.with(revisions, { phase: 'expand' }));

    await downgrade(bench.context, first.id);

    const { tables } = await bench.inspect();
    expect(tables.map(({ name, uniques }) => [name, uniques.map((one) => one.name)])).toEqual([
      ['person', ['person_name_key']],
    ]);
    await expect(database.query(sql`select * from customer`)).rejects.toMatchObject({ code: 'OBJECT_MISSING' });
  });
});

/** Drivers give whole numbers in different ways. */
async function numbers(rows: Promise<readonly Record<string, unknown>[]>): Promise<readonly Record<string, unknown>[]> {
  const plain = (key: string, value: unknown): unknown => (['id', 'code'].includes(key) ? Number(value) : value);
  return (await rows).map((row) =>
    Object.fromEntries(Object.entries(row).map(([key, value]) => [key, plain(key, value)])),
  );
}
