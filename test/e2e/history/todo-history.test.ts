import { expect, test } from 'vitest';
import * as schema from '../../../examples/todo-history/schema.ts';
import { diffCatalogs } from '../../../src/catalog/diff/diff-catalogs.ts';
import { loadRevisions } from '../../../src/migration/revision/load-revisions.ts';
import { foldRevisions } from '../../../src/migration/plan/revision-plan.ts';
import { downgrade, upgrade } from '../../../src/migration/run/upgrade.ts';
import { findDrift } from '../../../src/ops/compare/find-drift.ts';
import { catalogOf } from '../../../src/schema/schema.ts';
import { sql } from '../../../src/index.ts';
import { scratchPlace } from '../../integration/compare/scratch-place.ts';
import { openBench, type Bench } from '../../integration/migration/open-bench.ts';
import { describeEachServer } from '../../servers/describe-each-server.ts';

const { ordered: history } = await loadRevisions('examples/todo-history/migrations');
const idOf = (message: string): string => history.find((one) => one.message === message)?.id ?? message;

describeEachServer('a history of twelve revisions', (server) => {
  test('goes up, back to the beginning, and up again to the same tables', async () => {
    await using temporary = await server.database();
    await using bench = await openBench(temporary.url, history);

    expect((await upgrade(bench.context)).revisions).toHaveLength(12);
    const first = await bench.inspect();
    expect((await downgrade(bench.context, 'base')).revisions).toHaveLength(12);
    expect((await bench.inspect()).tables).toEqual([]);
    await upgrade(bench.context);

    expect(await bench.inspect()).toEqual(first);
  });

  test('leaves a database in which everything agrees: the schema, the revisions and what is there', async () => {
    await using temporary = await server.database();
    await using bench = await openBench(temporary.url, history);
    await upgrade(bench.context);

    const place = scratchPlace(server, temporary.url);
    const found = await findDrift({ database: bench.database, place, histories: [bench.context] });

    expect(found.differences).toEqual([]);
    expect(diffCatalogs(foldRevisions(history), catalogOf(schema))).toEqual([]);
  });

  test('keeps every row on the way, and gives it what the new columns ask for', async () => {
    await using temporary = await server.database();
    await using bench = await openBench(temporary.url, history);
    await upgrade(bench.context, idOf('a title is not empty and not twice'));
    await fill(bench);

    await upgrade(bench.context);

    expect(await bench.database.query(sql`select title, slug, details, priority from todo order by id`)).toEqual([
      { title: 'Buy Milk', slug: 'buy milk', details: 'two litres', priority: 'medium' },
      { title: 'Call Ann', slug: 'call ann', details: null, priority: 'high' },
    ]);
    expect(await bench.database.query(sql`select title from open_todo order by title`)).toEqual([
      { title: 'Buy Milk' },
      { title: 'Call Ann' },
    ]);
  });

  test('brings the values of a dropped column back on the way down', async () => {
    await using temporary = await server.database();
    await using bench = await openBench(temporary.url, history);
    await upgrade(bench.context, idOf('a title is not empty and not twice'));
    await fill(bench);
    await upgrade(bench.context);
    expect(await columnsOf(bench, 'app_user')).not.toContain('name');

    await downgrade(bench.context, '-1');

    expect(await columnsOf(bench, 'app_user')).toContain('name');
    expect(await bench.database.query(sql`select name from app_user order by id`)).toEqual([
      { name: 'Ann' },
      { name: null },
    ]);
  });
});

async function fill({ database }: Bench): Promise<void> {
  await database.execute(sql`insert into app_user (id, email, name) values (1, 'ann@example.org', 'Ann')`);
  await database.execute(sql`insert into app_user (id, email) values (2, 'bob@example.org')`);
  await database.execute(sql`insert into todo (id, user_id, title, notes) values (1, 1, 'Buy Milk', 'two litres')`);
  await database.execute(sql`insert into todo (id, user_id, title, priority) values (2, 2, 'Call Ann', 'high')`);
}

async function columnsOf(bench: Bench, table: string): Promise<readonly string[]> {
  const { tables } = await bench.inspect();
  return tables.find(({ name }) => name === table)?.columns.map(({ name }) => name) ?? [];
}
