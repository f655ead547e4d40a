import { expect, test } from 'vitest';
import { renderUnfinished } from '../../../src/cli/render/unfinished.ts';
import { migrationStatus } from '../../../src/migration/run/status.ts';
import { unfinishedRun, type UnfinishedRun } from '../../../src/migration/run/unfinished-run.ts';
import { upgrade } from '../../../src/migration/run/upgrade.ts';
import { describeServers } from '../../servers/describe-each-server.ts';
import { addColumn, createTable, rawSql, revision } from './history.ts';
import { openBench, type Bench } from './open-bench.ts';

const first = revision('r1', [], [createTable('shelf')]);

/** Its third statement of five fails while two shelves have the same label. */
const five = revision(
  'r2',
  ['r1'],
  [
    addColumn('shelf', 'label'),
    rawSql("update shelf set label = 'same'", 'update shelf set label = null'),
    {
      kind: 'create-index',
      table: { name: 'shelf' },
      index: { name: 'shelf_label_key', keys: [{ column: 'label' }], unique: true },
    },
    createTable('drawer'),
    rawSql('insert into drawer (id) select id from shelf', 'delete from drawer'),
  ],
);

// Elsewhere a revision of these statements is one transaction.
describeServers(['mysql', 'mariadb'], 'a revision whose third statement of five fails', (server) => {
  test('tells which ran and which failed, and is taken up at the third', async () => {
    await using temporary = await server.database();
    await using bench = await openBench(temporary.url, [first, five]);
    await upgrade(bench.context, 'r1');
    await bench.database.run({ sql: 'insert into shelf (id) values (1), (2)' }, []);
    await expect(upgrade(bench.context)).rejects.toMatchObject({ code: 'UNIQUE_VIOLATION' });
    const told = await unfinished(bench);
    await bench.database.run({ sql: 'delete from shelf where id = 2' }, []);

    const begun: number[] = [];
    await upgrade({
      ...bench.context,
      onProgress: ({ stage, statement }) => stage === 'begins' && begun.push(statement),
    });

    expect(told).toMatchObject({ revision: 'r2', statements: 5, isUncertain: false });
    expect(told?.ran.map(words)).toEqual(['alter table', 'update shelf']);
    expect(told?.failed).toMatchObject({ number: 3, code: 'UNIQUE_VIOLATION' });
    expect(renderUnfinished(told!).map(words)).toEqual(['up r2', '1 ran:', '2 ran:', '3 failed']);
    expect(begun).toEqual([2, 3, 4]);
    expect(await unfinished(bench)).toBeUndefined();
    expect((await bench.database.run({ sql: 'select id from drawer' }, [])).rows).toEqual([[1]]);
  });

  test('counts each statement of one text of SQL by hand', async () => {
    await using temporary = await server.database();
    const text = `alter table shelf add column label varchar(40);
      insert into shelf (id, label) values (1, 'a;b');
      insert into nowhere values (1);
      create table drawer (id integer primary key)`;
    await using bench = await openBench(temporary.url, [first, revision('r2', ['r1'], [rawSql(text, 'select 1')])]);
    await upgrade(bench.context, 'r1');

    await expect(upgrade(bench.context)).rejects.toMatchObject({ code: 'OBJECT_MISSING' });
    const told = await unfinished(bench);
    await bench.database.run({ sql: 'create table nowhere (id integer)' }, []);
    await upgrade(bench.context);

    expect(told).toMatchObject({ statements: 4, failed: { number: 3, statement: 'insert into nowhere values (1)' } });
    expect(told?.ran.map(words)).toEqual(['alter table', 'insert into']);
    expect((await bench.database.run({ sql: 'select id from nowhere' }, [])).rows).toEqual([[1]]);
    expect((await bench.inspect()).tables.map(({ name }) => name)).toEqual(['drawer', 'nowhere', 'shelf']);
  });

  test('is not taken up with other statements than it was begun with', async () => {
    await using temporary = await server.database();
    await using bench = await openBench(temporary.url, [first, five]);
    await upgrade(bench.context, 'r1');
    await bench.database.run({ sql: 'insert into shelf (id) values (1), (2)' }, []);
    await expect(upgrade(bench.context)).rejects.toMatchObject({ code: 'UNIQUE_VIOLATION' });
    await bench.database.run({ sql: `update rowhouse_ledger set plan = '["select 1"]' where revision = 'r2'` }, []);
    const before = await bench.inspect();

    await expect(upgrade(bench.context)).rejects.toMatchObject({ code: 'LEDGER_INVALID', details: { revision: 'r2' } });

    expect(await bench.inspect()).toEqual(before);
  });

  test('never runs twice what it cannot look up, and names it', async () => {
    await using temporary = await server.database();
    const steps = [addColumn('shelf', 'label'), rawSql("alter table shelf comment = 'new'", 'select 1')];
    await using bench = await openBench(temporary.url, [first, revision('r2', ['r1'], steps)]);
    await upgrade(bench.context, 'r1');
    await expect(
      upgrade({
        ...bench.context,
        onProgress: ({ revision: { id }, stage, statement }) => {
          if (id === 'r2' && stage === 'ran' && statement === 1) throw new Error('stop here');
        },
      }),
    ).rejects.toThrow('stop here');

    await expect(upgrade(bench.context)).rejects.toMatchObject({
      code: 'LEDGER_INVALID',
      details: { revision: 'r2', position: 1, statement: "alter table shelf comment = 'new'" },
    });

    expect(await unfinished(bench)).toMatchObject({ isUncertain: true, next: { number: 2 } });
  });
});

async function unfinished(bench: Bench): Promise<UnfinishedRun | undefined> {
  const { unfinished: entry } = await migrationStatus(bench.context);
  return entry === undefined ? undefined : unfinishedRun(entry);
}

/** The first two words of a line. */
function words(line: string): string {
  return line.trim().split(' ').slice(0, 2).join(' ');
}
