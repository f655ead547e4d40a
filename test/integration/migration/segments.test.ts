import { expect, test } from 'vitest';
import type { DefinitionStatement } from '../../../src/dialect/definition.ts';
import { inSegments } from '../../../src/migration/script/segments.ts';
import { lineOf, type MigrationProgress, type PlanRun } from '../../../src/migration/run/migration-context.ts';
import { runPlan } from '../../../src/migration/run/run-plan.ts';
import { runStepwise } from '../../../src/migration/run/run-stepwise.ts';
import { describeServers } from '../../servers/describe-each-server.ts';
import { revision } from './history.ts';
import { openBench, type Bench } from './open-bench.ts';

const history = [revision('r1', [], [])];

// Elsewhere every definition commits by itself.
describeServers(['postgresql', 'sqlite'], 'a revision of several transactions', (server) => {
  const statements = [
    joins('create table a (id integer primary key)'),
    begins('create table b (id integer primary key)'),
    joins('create table c (id integer primary key)'),
    joins('insert into nowhere (id) values (1)'),
    begins('create table d (id integer primary key)'),
  ];

  test('keeps those that were committed, and goes on with the one that failed', async () => {
    await using temporary = await server.database();
    await using bench = await openBench(temporary.url, history);
    await expect(run(bench, statements)).rejects.toMatchObject({ code: 'OBJECT_MISSING', details: { position: 3 } });
    const failed = (await bench.ledger()).at(-1);
    const left = await tables(bench);
    await bench.database.run({ sql: 'create table nowhere (id integer)' }, []);

    const begun: number[] = [];
    await withRun(bench, statements, async (planRun) => {
      const onProgress = ({ stage, statement }: MigrationProgress): void => {
        if (stage === 'begins') begun.push(statement);
      };
      await runStepwise({ ...planRun, context: { ...planRun.context, onProgress } }, failed);
    });

    expect(failed).toMatchObject({
      state: 'stopped',
      statementsDone: 1,
      failedStatement: 4,
      errorCode: 'OBJECT_MISSING',
    });
    expect(left).toEqual(['a']);
    expect(begun).toEqual([1, 2, 3, 4]);
    expect(await tables(bench)).toEqual(['a', 'b', 'c', 'd', 'nowhere']);
    expect((await bench.ledger()).map(({ state, statementsDone }) => [state, statementsDone])).toEqual([['done', 5]]);
  });

  test('leaves nothing when the first of them fails', async () => {
    await using temporary = await server.database();
    await using bench = await openBench(temporary.url, history);
    const wrong = [
      joins('create table a (id integer)'),
      joins('insert into nowhere (id) values (1)'),
      begins('select 1'),
    ];

    await expect(run(bench, wrong)).rejects.toMatchObject({ code: 'OBJECT_MISSING' });

    expect(await tables(bench)).toEqual([]);
    expect((await bench.ledger()).map(({ state }) => state)).toEqual(['abandoned']);
  });
});

describeServers(['sqlite'], 'a table that is made anew', (server) => {
  const rebuild = [
    'create table new_author (id integer primary key, name text not null)',
    'insert into new_author select id, name from author',
    'drop table author',
    'alter table new_author rename to author',
  ].map((sql): DefinitionStatement => ({ sql, transactional: true, rebuilds: true }));

  test('keeps the rows that refer to it, and references count again afterwards', async () => {
    await using temporary = await server.database();
    await using bench = await openBench(temporary.url, history);
    await prepare(bench);

    await run(bench, rebuild);

    expect((await bench.database.run({ sql: 'select author from book order by id' }, [])).rows).toEqual([[1], [2]]);
    await expect(bench.database.run({ sql: 'insert into book values (9, 9)' }, [])).rejects.toMatchObject({
      code: 'FOREIGN_KEY_VIOLATION',
    });
  });

  test('is not made when a row would then refer to nothing', async () => {
    await using temporary = await server.database();
    await using bench = await openBench(temporary.url, history);
    await prepare(bench);
    const before = await bench.inspect();
    const losing = rebuild.map((statement) => ({
      ...statement,
      sql: statement.sql.replace(/from author$/, '$& where id > 1'),
    }));

    await expect(run(bench, losing)).rejects.toMatchObject({
      code: 'ROWS_IN_THE_WAY',
      details: { revision: 'r1', tables: ['book'], rows: 1 },
    });

    expect(await bench.inspect()).toEqual(before);
    expect((await bench.database.run({ sql: 'select count(*) from author' }, [])).rows).toEqual([[2]]);
    expect(await bench.ledger()).toEqual([]);
  });

  async function prepare({ database }: Bench): Promise<void> {
    await database.pinned(
      async (session) =>
        await session.script(`create table author (id integer primary key, name text);
          create table book (id integer primary key, author integer references author (id) on delete cascade);
          insert into author values (1, 'a'), (2, 'b');
          insert into book values (1, 1), (2, 2)`),
    );
  }
});

describeServers(['postgresql'], 'an index that an earlier build left behind invalid', (server) => {
  const build: DefinitionStatement = {
    sql: 'create unique index concurrently shelf_label_key on shelf (label)',
    transactional: false,
    class: 'build',
    done: { question: 'exists', object: { kind: 'index', name: 'shelf_label_key' } },
  };
  const drop: DefinitionStatement = {
    sql: 'drop index concurrently shelf_label_key',
    transactional: false,
    class: 'build',
    done: { question: 'missing', object: { kind: 'index', name: 'shelf_label_key' } },
  };

  test('is dropped before it is built again', async () => {
    await using temporary = await server.database();
    await using bench = await openBench(temporary.url, history);
    await leaveInvalidIndex(bench);
    await bench.database.run({ sql: 'delete from shelf where id = 2' }, []);

    await run(bench, [build]);

    expect(await validity(bench)).toEqual([['t']]);
    expect((await bench.ledger()).map(({ state }) => state)).toEqual(['abandoned', 'done']);
  });

  test('does not count as dropped', async () => {
    await using temporary = await server.database();
    await using bench = await openBench(temporary.url, history);
    await leaveInvalidIndex(bench);

    await run(bench, [drop]);

    expect(await validity(bench)).toEqual([]);
  });

  async function leaveInvalidIndex(bench: Bench): Promise<void> {
    await bench.database.pinned(
      async (session) =>
        await session.script(
          `create table shelf (id integer, label text); insert into shelf values (1, 'x'), (2, 'x')`,
        ),
    );
    await expect(run(bench, [build])).rejects.toMatchObject({ code: 'UNIQUE_VIOLATION' });
    expect(await validity(bench)).toEqual([['f']]);
  }

  async function validity({ database }: Bench): Promise<unknown> {
    const sql = "select indisvalid::text::char(1) from pg_index where indexrelid = to_regclass('shelf_label_key')";
    return (await database.run({ sql }, [])).rows;
  }
});

function joins(sql: string): DefinitionStatement {
  return { sql, transactional: true };
}

function begins(sql: string): DefinitionStatement {
  return { sql, transactional: true, segment: 'start' };
}

async function run(bench: Bench, statements: readonly DefinitionStatement[]): Promise<void> {
  await withRun(bench, statements, async (planRun) => {
    const entries = await planRun.context.ledger.read(lineOf(planRun.session));
    await runPlan(planRun, entries.at(-1)?.entry);
  });
}

/** Works on a plan of these statements as if they had been compiled from the revision. */
async function withRun(
  { context, database, dialect }: Bench,
  statements: readonly DefinitionStatement[],
  work: (run: PlanRun) => Promise<void>,
): Promise<void> {
  const [first] = history;
  if (first === undefined) throw new Error('there is no revision');
  const transactional = inSegments(statements, dialect).length <= 1 && statements.every((one) => one.transactional);
  const plan = { revision: first, direction: 'up', changes: first.up, statements, transactional } as const;
  await database.pinned(async (session) => {
    await context.ledger.ensure(lineOf(session));
    await work({ context, session, plan });
  });
}

async function tables(bench: Bench): Promise<readonly string[]> {
  return (await bench.inspect()).tables.map(({ name }) => name);
}
