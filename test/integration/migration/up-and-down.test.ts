import { expect, test } from 'vitest';
import { emptyCatalog } from '../../../src/catalog/model/catalog.ts';
import { foldRevisions } from '../../../src/migration/plan/revision-plan.ts';
import type { MigrationReport } from '../../../src/migration/run/migration-context.ts';
import { migrationStatus } from '../../../src/migration/run/status.ts';
import { downgrade, upgrade } from '../../../src/migration/run/upgrade.ts';
import { describeEachServer } from '../../servers/describe-each-server.ts';
import { addColumn, bookshop, createTable, rawSql, revision } from './history.ts';
import { openBench, outline } from './open-bench.ts';

const idsOf = ({ revisions }: MigrationReport): readonly string[] => revisions.map(({ id }) => id);

describeEachServer('migrations', (server) => {
  test('up makes what the revisions say, down leaves nothing, and up makes it again', async () => {
    await using temporary = await server.database();
    await using bench = await openBench(temporary.url, bookshop);
    const target = outline(foldRevisions(bookshop), bench.dialect);

    expect(idsOf(await upgrade(bench.context))).toEqual(['r1', 'r2', 'r3']);
    const first = await bench.inspect();
    expect(idsOf(await downgrade(bench.context, 'base'))).toEqual(['r3', 'r2', 'r1']);
    const none = await bench.inspect();
    expect(idsOf(await upgrade(bench.context))).toEqual(['r1', 'r2', 'r3']);

    expect(outline(first, bench.dialect)).toEqual(target);
    expect(none).toEqual(emptyCatalog);
    expect(await bench.inspect()).toEqual(first);
  });

  test('at every revision the database is what the revisions so far say', async () => {
    await using temporary = await server.database();
    await using bench = await openBench(temporary.url, bookshop);
    const reported: unknown[] = [];

    for (const { id } of bookshop) {
      await upgrade(bench.context, '+1');
      expect((await migrationStatus(bench.context)).current).toEqual([id]);
      reported.push(await bench.inspect());
    }
    for (const [position] of bookshop.entries()) {
      expect(await bench.inspect()).toEqual(reported.at(-1 - position));
      await downgrade(bench.context);
    }

    const folds = bookshop.map((_, position) => outline(foldRevisions(bookshop.slice(0, position + 1)), bench.dialect));
    expect(reported.map((catalog) => outline(catalog as typeof emptyCatalog, bench.dialect))).toEqual(folds);
    expect(await bench.inspect()).toEqual(emptyCatalog);
  });

  test('unique constraints that differ in their names alone are all made, with the table or after it', async () => {
    const made = createTable('twin');
    if (made.kind !== 'create-table') throw new Error('the table is made');
    const uniques = ['one', 'two', 'three'].map((name) => ({ name: `twin_${name}`, columns: ['id'] }));
    const [third] = uniques.slice(2);
    if (third === undefined) throw new Error('there are three');
    await using temporary = await server.database();
    await using bench = await openBench(temporary.url, [
      revision('r1', [], [{ ...made, table: { ...made.table, uniques: uniques.slice(0, 2) } }]),
      revision('r2', ['r1'], [{ kind: 'add-unique', table: { name: 'twin' }, unique: third }]),
    ]);

    await upgrade(bench.context);

    const [twin] = (await bench.inspect()).tables;
    expect(twin?.uniques.map(({ name }) => name).toSorted()).toEqual(['twin_one', 'twin_three', 'twin_two']);
  });

  test('down to a revision takes back what came after it, and nothing else', async () => {
    await using temporary = await server.database();
    await using bench = await openBench(temporary.url, bookshop);
    await upgrade(bench.context, 'r1');
    const first = await bench.inspect();
    await upgrade(bench.context);

    expect(idsOf(await downgrade(bench.context, 'r1'))).toEqual(['r3', 'r2']);

    expect(await bench.inspect()).toEqual(first);
  });

  test('a second up finds nothing to do', async () => {
    await using temporary = await server.database();
    await using bench = await openBench(temporary.url, bookshop);
    await upgrade(bench.context);
    const entries = await bench.ledger();

    const report = await upgrade(bench.context);

    expect(report).toEqual({ revisions: [], resumed: false });
    expect(await bench.ledger()).toEqual(entries);
  });

  test('the ledger says what was run, and what the engine reported afterwards', async () => {
    await using temporary = await server.database();
    await using bench = await openBench(temporary.url, bookshop);

    await upgrade(bench.context);

    const entries = await bench.ledger();
    expect(
      entries.map(({ revision: id, state, actor, project, service }) => [id, state, actor, project, service]),
    ).toEqual(['r1', 'r2', 'r3'].map((id) => [id, 'done', 'tester', 'shop', 'app']));
    for (const { plan, statementsDone } of entries) expect((JSON.parse(plan) as unknown[]).length).toBe(statementsDone);
    expect(entries.map(({ fingerprint }) => fingerprint?.length)).toEqual([undefined, undefined, 64]);
  });

  test('SQL by hand runs up and down', async () => {
    await using temporary = await server.database();
    const fill = revision(
      'r4',
      ['r3'],
      [
        rawSql('insert into shelf (id) values (1), (2)', 'delete from shelf'),
        rawSql('update shelf set id = id + 10', 'update shelf set id = id - 10'),
      ],
    );
    await using bench = await openBench(temporary.url, [...bookshop, fill]);
    const count = async (): Promise<number> =>
      (await bench.database.run({ sql: 'select id from shelf where id > 10' }, [])).rows.length;

    await upgrade(bench.context);
    const filled = await count();
    await downgrade(bench.context, '-1');

    expect([filled, await count()]).toEqual([2, 0]);
  });

  test('SQL without a way down is refused before anything runs', async () => {
    await using temporary = await server.database();
    const oneWay = revision('r4', ['r3'], [{ kind: 'raw-sql', up: { any: 'delete from shelf' } }]);
    const after = revision('r5', ['r4'], [addColumn('shelf', 'colour')]);
    await using bench = await openBench(temporary.url, [...bookshop, oneWay, after]);
    await upgrade(bench.context);
    const before = await bench.inspect();

    await expect(downgrade(bench.context, '-2')).rejects.toMatchObject({ code: 'REVISION_IRREVERSIBLE' });

    expect(await bench.inspect()).toEqual(before);
    expect((await migrationStatus(bench.context)).current).toEqual(['r5']);
  });

  test('a change that does not fit is refused before anything runs', async () => {
    await using temporary = await server.database();
    const wrong = revision('r4', ['r3'], [createTable('fine'), addColumn('nowhere', 'colour')]);
    await using bench = await openBench(temporary.url, [...bookshop, wrong]);

    await expect(upgrade(bench.context)).rejects.toMatchObject({ code: 'CHANGE_INVALID', details: { revision: 'r4' } });

    expect(await bench.inspect()).toEqual(emptyCatalog);
    expect(await bench.ledger()).toEqual([]);
  });

  test('branches are applied to all heads, and joined by a merge', async () => {
    await using temporary = await server.database();
    const left = revision('left', ['r3'], [createTable('left_table')]);
    const right = revision('right', ['r3'], [createTable('right_table')]);
    const merge = revision('merge', ['left', 'right'], []);
    await using bench = await openBench(temporary.url, [...bookshop, left, right]);

    await expect(upgrade(bench.context)).rejects.toMatchObject({
      code: 'HEADS_MULTIPLE',
      details: { heads: ['left', 'right'] },
    });
    expect(await bench.inspect()).toEqual(emptyCatalog);
    await upgrade(bench.context, 'heads');
    const both = await migrationStatus(bench.context);
    const merged = bench.with([...bookshop, left, right, merge]);
    await upgrade(merged);

    expect(both.current).toEqual(['left', 'right']);
    expect((await migrationStatus(merged)).current).toEqual(['merge']);
  });
});
