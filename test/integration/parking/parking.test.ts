import { expect, test } from 'vitest';
import type { Catalog } from '../../../src/catalog/model/catalog.ts';
import type { Column } from '../../../src/catalog/model/column.ts';
import { RowhouseError } from '../../../src/errors/rowhouse-error.ts';
import { listParked } from '../../../src/migration/parking/list-parked.ts';
import { purgeParked } from '../../../src/migration/parking/purge-parked.ts';
import { downgrade, upgrade } from '../../../src/migration/run/upgrade.ts';
import { sql } from '../../../src/sql/sql.ts';
import { describeEachServer } from '../../servers/describe-each-server.ts';
import { openBench, type Bench } from '../migration/open-bench.ts';
import { parkColumn, parkTable, people } from './people.ts';

describeEachServer('a parked column', (server) => {
  test('comes back with its values when its drop is taken back', async () => {
    await using temporary = await server.database();
    await using bench = await openBench(
      temporary.url,
      people(parkColumn('email'), parkColumn('level'), parkColumn('motto')),
    );
    await upgrade(bench.context, 'r1');
    const before = await bench.inspect();
    await insert(bench, "(1, 'ada@example.org', 3, 'more')", "(2, 'bob@example.org', 7, null)");

    await upgrade(bench.context);
    const columns = (await bench.inspect()).tables.flatMap((table) => table.columns.map(({ name }) => name));
    await downgrade(bench.context);

    expect(columns).toEqual(['id']);
    expect(await rowsOf(bench)).toEqual([
      ['1', 'ada@example.org', '3', 'more'],
      ['2', 'bob@example.org', '7', null],
    ]);
    expect(inAnyOrder(await bench.inspect())).toEqual(inAnyOrder(before));
  });

  test('gives its default to rows that came meanwhile', async () => {
    await using temporary = await server.database();
    await using bench = await openBench(temporary.url, people(parkColumn('level'), parkColumn('motto')));
    await upgrade(bench.context, 'r1');
    await insert(bench, "(1, 'ada@example.org', 3, 'more')");
    await upgrade(bench.context);
    await bench.database.run({ sql: "insert into person (id, email) values (2, 'late')" }, []);

    await downgrade(bench.context);

    expect(await rowsOf(bench)).toEqual([
      ['1', 'ada@example.org', '3', 'more'],
      ['2', 'late', '7', null],
    ]);
  });

  test('does not come back while rows have no value for it, and nothing was changed', async () => {
    await using temporary = await server.database();
    await using bench = await openBench(temporary.url, people(parkColumn('email')));
    await upgrade(bench.context, 'r1');
    await insert(bench, "(1, 'ada@example.org', 3, 'more')");
    await upgrade(bench.context);
    await bench.database.run({ sql: 'insert into person (id) values (2)' }, []);

    const outcome = await downgrade(bench.context).catch((error: unknown) => error);
    await bench.database.run({ sql: 'delete from person where id = 2' }, []);
    await downgrade(bench.context);

    expect(RowhouseError.has(outcome, 'ROWS_IN_THE_WAY') && outcome.message).toBe(
      'person: 1 row has no email to come back to',
    );
    expect(await rowsOf(bench)).toEqual([['1', 'ada@example.org', '3', 'more']]);
  });

  test('comes back empty after it was purged, and says so', async () => {
    await using temporary = await server.database();
    await using bench = await openBench(temporary.url, people(parkColumn('level'), parkColumn('motto')));
    await upgrade(bench.context, 'r1');
    await insert(bench, "(1, 'ada@example.org', 3, 'more')");
    await upgrade(bench.context);

    const purged = await purge(bench);
    const said: string[] = [];
    await downgrade({ ...bench.context, onProgress: ({ says }) => says !== undefined && said.push(says) });

    expect(purged).toEqual(['level', 'motto']);
    expect(await rowsOf(bench)).toEqual([['1', 'ada@example.org', '7', null]]);
    expect(said.toSorted()).toEqual([
      'column person.level had been purged and comes back empty',
      'column person.motto had been purged and comes back empty',
    ]);
  });

  test('that must have a value does not come back empty to rows that are there', async () => {
    await using temporary = await server.database();
    await using bench = await openBench(temporary.url, people(parkColumn('email')));
    await upgrade(bench.context, 'r1');
    await insert(bench, "(1, 'ada@example.org', 3, 'more')");
    await upgrade(bench.context);
    await purge(bench);

    const outcome = await downgrade(bench.context).catch((error: unknown) => error);
    await bench.database.run({ sql: 'delete from person' }, []);
    await downgrade(bench.context);

    expect(RowhouseError.has(outcome, 'ROWS_IN_THE_WAY')).toBe(true);
    expect(await rowsOf(bench)).toEqual([]);
  });
});

describeEachServer('a parked table', (server) => {
  test('comes back with its rows and indexes when its drop is taken back', async () => {
    await using temporary = await server.database();
    await using bench = await openBench(temporary.url, people(parkTable));
    await upgrade(bench.context, 'r1');
    const before = await bench.inspect();
    await insert(bench, "(1, 'ada@example.org', 3, 'more')");

    await upgrade(bench.context);
    const between = await bench.inspect();
    const parked = await bench.database.pinned(async (session) => await listParked(bench.context, session));
    await downgrade(bench.context);

    expect(between.tables).toEqual([]);
    expect(between.raw).toEqual([]);
    expect(parked).toMatchObject([{ table: { name: 'person' }, revision: 'r2' }]);
    expect(await rowsOf(bench)).toEqual([['1', 'ada@example.org', '3', 'more']]);
    expect(await bench.inspect()).toEqual(before);
  });

  test('comes back empty after it was purged, and says so', async () => {
    await using temporary = await server.database();
    await using bench = await openBench(temporary.url, people(parkTable));
    await upgrade(bench.context, 'r1');
    const before = await bench.inspect();
    await insert(bench, "(1, 'ada@example.org', 3, 'more')");
    await upgrade(bench.context);

    await purge(bench);
    const left = await bench.database.pinned(async (session) => await listParked(bench.context, session));
    const said: string[] = [];
    await downgrade({ ...bench.context, onProgress: ({ says }) => says !== undefined && said.push(says) });

    expect(left).toEqual([]);
    expect(await rowsOf(bench)).toEqual([]);
    expect(said).toEqual(['table person had been purged and comes back empty']);
    expect(await bench.inspect()).toEqual(before);
  });

  test('is purged only when it is old enough', async () => {
    await using temporary = await server.database();
    await using bench = await openBench(temporary.url, people(parkTable));
    await upgrade(bench.context);

    const young = await purge(bench, 60_000);
    const now = new Date(Date.now() + 120_000);
    const old = await bench.database.pinned(
      async (session) => await purgeParked(bench.context, session, { olderThanMs: 60_000, now }),
    );

    expect(young).toEqual([]);
    expect(old).toHaveLength(1);
  });
});

async function insert(bench: Bench, ...rows: readonly string[]): Promise<void> {
  await bench.database.run({ sql: `insert into person (id, email, level, motto) values ${rows.join(', ')}` }, []);
}

async function rowsOf({ database }: Bench): Promise<readonly (readonly unknown[])[]> {
  const rows = await database.query<Record<string, string | number | null>>(
    sql`select id, email, level, motto from person order by id`,
  );
  return rows.map(({ id, email, level, motto }) => [String(id), email, String(level), motto]);
}

async function purge(bench: Bench, olderThanMs = 0): Promise<readonly (string | undefined)[]> {
  return await bench.database.pinned(async (session) => {
    const purged = await purgeParked(bench.context, session, { olderThanMs });
    return purged.map(({ column }) => column);
  });
}

/** Where a column is made anew it is the last one. */
function inAnyOrder({ tables }: Catalog): readonly (readonly Column[])[] {
  return tables.map(({ columns }) => columns.toSorted((a, b) => (a.name < b.name ? -1 : 1)));
}
