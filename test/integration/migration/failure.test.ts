import { expect, test } from 'vitest';
import { RowhouseError } from '../../../src/errors/rowhouse-error.ts';
import { migrationStatus } from '../../../src/migration/run/status.ts';
import { stamp } from '../../../src/migration/run/stamp.ts';
import { upgrade } from '../../../src/migration/run/upgrade.ts';
import { describeEachServer, describeServers } from '../../servers/describe-each-server.ts';
import { addColumn, createTable, rawSql, revision } from './history.ts';
import { openBench } from './open-bench.ts';

const first = revision('r1', [], [createTable('shelf')]);
const uniqueIndex = {
  kind: 'create-index',
  table: { name: 'shelf' },
  index: { name: 'shelf_label_key', keys: [{ column: 'label' }], unique: true },
} as const;

/** Its third statement fails while two shelves have the same label. */
const second = revision(
  'r2',
  ['r1'],
  [
    addColumn('shelf', 'label'),
    rawSql("update shelf set label = 'same'", 'update shelf set label = null'),
    uniqueIndex,
    createTable('drawer'),
  ],
);

describeEachServer('a revision that fails in the middle', (server) => {
  test('leaves nothing where definitions are transactional, and elsewhere says how far it came', async () => {
    await using temporary = await server.database();
    await using bench = await openBench(temporary.url, [first, second]);
    const transactional = bench.dialect.traits.transactionalDefinitions;
    await upgrade(bench.context, 'r1');
    await bench.database.run({ sql: 'insert into shelf (id) values (1), (2)' }, []);
    const before = await bench.inspect();

    const error: unknown = await upgrade(bench.context).catch((reason: unknown) => reason);

    expect(RowhouseError.has(error, 'UNIQUE_VIOLATION') && error.details).toMatchObject({ revision: 'r2' });
    const { current, unfinished } = await migrationStatus(bench.context);
    expect(current).toEqual(['r1']);
    if (transactional) {
      expect(unfinished).toBeUndefined();
      expect(await bench.inspect()).toEqual(before);
    } else {
      expect(unfinished).toMatchObject({ revision: 'r2', direction: 'up', state: 'stopped', statementsDone: 2 });
    }
  });

  test('is finished by the next run once the cause is gone', async () => {
    await using temporary = await server.database();
    await using bench = await openBench(temporary.url, [first, second]);
    await upgrade(bench.context, 'r1');
    await bench.database.run({ sql: 'insert into shelf (id) values (1), (2)' }, []);
    await expect(upgrade(bench.context)).rejects.toMatchObject({ code: 'UNIQUE_VIOLATION' });
    await expect(upgrade(bench.context)).rejects.toMatchObject({ code: 'UNIQUE_VIOLATION' });

    await bench.database.run({ sql: 'delete from shelf where id = 2' }, []);
    const { resumed } = await upgrade(bench.context);

    const { current, unfinished } = await migrationStatus(bench.context);
    expect([current, unfinished]).toEqual([['r2'], undefined]);
    expect(resumed).toBe(!bench.dialect.traits.transactionalDefinitions);
    expect((await bench.inspect()).tables.map(({ name }) => name)).toEqual(['drawer', 'shelf']);
    expect((await bench.ledger()).filter(({ revision: id, state }) => id === 'r2' && state === 'done').length).toBe(1);
  });

  test('whose first statement fails can be corrected and run', async () => {
    await using temporary = await server.database();
    const wrong = revision('r2', ['r1'], [rawSql('insert into nowhere values (1)', 'select 1'), createTable('drawer')]);
    await using bench = await openBench(temporary.url, [first, wrong]);

    await expect(upgrade(bench.context)).rejects.toMatchObject({ code: 'OBJECT_MISSING' });
    const corrected = bench.with([first, revision('r2', ['r1'], [createTable('drawer')])]);
    await upgrade(corrected);

    expect((await migrationStatus(corrected)).current).toEqual(['r2']);
  });

  test('is settled by hand with stamp', async () => {
    await using temporary = await server.database();
    await using bench = await openBench(temporary.url, [first, second]);
    await upgrade(bench.context, 'r1');
    await bench.database.run({ sql: 'insert into shelf (id) values (1), (2)' }, []);
    await expect(upgrade(bench.context)).rejects.toMatchObject({ code: 'UNIQUE_VIOLATION' });

    await stamp(bench.context, 'r2');

    const { current, unfinished } = await migrationStatus(bench.context);
    expect([current, unfinished]).toEqual([['r2'], undefined]);
    expect(await upgrade(bench.context)).toEqual({ revisions: [], resumed: false });
  });
});

// Elsewhere nothing is left that could be misunderstood.
describeServers(['mysql', 'mariadb'], 'a revision that failed in the middle', (server) => {
  test('is told when its file was changed in between', async () => {
    await using temporary = await server.database();
    await using bench = await openBench(temporary.url, [first, second]);
    await upgrade(bench.context, 'r1');
    await bench.database.run({ sql: 'insert into shelf (id) values (1), (2)' }, []);
    await expect(upgrade(bench.context)).rejects.toMatchObject({ code: 'UNIQUE_VIOLATION' });

    const edited = bench.with([first, revision('r2', ['r1'], [createTable('drawer')])]);

    await expect(upgrade(edited)).rejects.toMatchObject({ code: 'LEDGER_INVALID', details: { revision: 'r2' } });
  });
});

describeEachServer('a table that is there already', (server) => {
  test('is an error, and nothing is changed', async () => {
    await using temporary = await server.database();
    await using bench = await openBench(temporary.url, [first, second]);
    await bench.database.run({ sql: 'create table shelf (other integer)' }, []);
    const before = await bench.inspect();

    await expect(upgrade(bench.context)).rejects.toMatchObject({ code: 'OBJECT_EXISTS', details: { revision: 'r1' } });

    expect(await bench.inspect()).toEqual(before);
    expect((await migrationStatus(bench.context)).unfinished).toBeUndefined();
  });
});

describeServers(['postgresql'], 'an index built concurrently', (server) => {
  test('runs outside a transaction, even in the very first revision, and is resumed by looking', async () => {
    await using temporary = await server.database();
    const concurrent = revision(
      'r1',
      [],
      [
        createTable('shelf'),
        addColumn('shelf', 'label'),
        rawSql("insert into shelf (id, label) values (1, 'same'), (2, 'same')", 'delete from shelf'),
        rawSql(
          'create unique index concurrently shelf_label_key on shelf (label)',
          'drop index concurrently shelf_label_key',
        ),
      ],
    );
    await using bench = await openBench(temporary.url, [concurrent]);

    await expect(upgrade(bench.context)).rejects.toMatchObject({ code: 'UNIQUE_VIOLATION' });
    const { unfinished } = await migrationStatus(bench.context);
    await bench.database.run({ sql: 'delete from shelf where id = 2' }, []);
    await upgrade(bench.context);

    expect(unfinished).toMatchObject({ statementsDone: 3, state: 'stopped' });
    expect((await bench.database.run({ sql: 'select count(*)::text from shelf' }, [])).rows).toEqual([['1']]);
    expect((await migrationStatus(bench.context)).current).toEqual(['r1']);
  });
});
