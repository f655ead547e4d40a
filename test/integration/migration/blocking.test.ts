import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Change } from '../../../src/catalog/change/change.ts';
import { textExpression } from '../../../src/catalog/model/expression.ts';
import { makeScratch } from '../../../src/ops/compare/scratch-database.ts';
import { previewOutcome } from '../../../src/cli/render/preview.ts';
import { previewUpgrade } from '../../../src/migration/run/preview.ts';
import { upgrade } from '../../../src/migration/run/upgrade.ts';
import { runCli, type CliResult } from '../../cli/run-cli.ts';
import { makeShop, variablesFor } from '../../cli/shop-project.ts';
import { describeServers } from '../../servers/describe-each-server.ts';
import { addColumn, createTable, revision } from './history.ts';
import { openBench, type Bench } from './open-bench.ts';

const box = { name: 'box' };
const boxes = revision(
  'r1',
  [],
  [
    createTable('box'),
    createTable('shelf'),
    addColumn('box', 'label'),
    { kind: 'add-column', table: box, column: { name: 'weight', type: { kind: 'integer' }, nullable: true } },
  ],
);
const many = `insert into box (id, weight) select i, i from generate_series(1, 1001) i`;
const few = `insert into box (id, weight) select i, i from generate_series(1, 1000) i`;
/** Makes the table large on disk, whatever is in it. */
const bloat = `insert into box (id) select i from generate_series(10001, 12000) i; delete from box where id > 10000`;

const doubled: Change = {
  kind: 'add-column',
  table: box,
  column: {
    name: 'double',
    type: { kind: 'integer' },
    nullable: true,
    generated: { expression: textExpression('weight * 2'), stored: true },
  },
};

const online: readonly Change[] = [
  { kind: 'create-index', table: box, index: { name: 'box_label_idx', keys: [{ column: 'label' }], unique: false } },
  { kind: 'add-check', table: box, check: { name: 'box_weight', expression: textExpression('weight >= 0') } },
  {
    kind: 'add-foreign-key',
    table: box,
    foreignKey: {
      name: 'box_shelf',
      columns: ['shelf'],
      references: { name: 'shelf', columns: ['id'] },
      onDelete: 'no-action',
      onUpdate: 'no-action',
    },
  },
  { kind: 'add-unique', table: box, unique: { name: 'box_weight_key', columns: ['weight'] } },
  { kind: 'alter-column', table: box, column: { name: 'weight', type: { kind: 'bigint' }, nullable: false } },
  { kind: 'rename-table', table: box, to: 'crate' },
];

/** By hand, with what it does to the table. */
const byHand = {
  'an index': 'create index on box (label)',
  'a check': 'alter table box add check (weight > 0)',
  'another type': 'alter table box alter column weight type bigint',
  'not null': 'alter table box alter column weight set not null',
  'a proof behind a strong lock': `alter table box add constraint c check (weight > 0) not valid;
    alter table box validate constraint c`,
  'rows written behind a strong lock': `alter table box add column size int; update box set size = 1`,
  'rows of another table, read behind a strong lock': `alter table shelf add column size int;
    insert into shelf (id) select id from box`,
};

describeServers(['postgresql-15', 'postgresql-16', 'postgresql-18'], 'what others would wait for', (server) => {
  test.each(Object.entries(byHand))('is refused before anything runs: %s', async (_title, sql) => {
    await using temporary = await server.database();
    await using bench = await openBench(temporary.url, []);
    await upgrade(bench.with([boxes]));
    await bench.database.run({ sql: many }, []);
    const revisions = [boxes, revision('r2', ['r1'], [createTable('drawer')]), revision('r3', ['r2'], [rawSql(sql)])];
    const context = bench.with(revisions, { makeScratch: scratchFor(temporary.url) });

    await expect(upgrade(context)).rejects.toMatchObject({
      code: 'BUDGET_EXCEEDED',
      details: { table: 'box', revision: 'r3', blockedRows: 1000 },
      hint: expect.stringContaining('--blocked-rows'),
    });

    expect((await bench.ledger()).map(({ revision: id }) => id)).toEqual(['r1']);
    await upgrade({ ...context, blockedRows: 1001 });
    expect((await bench.ledger()).map(({ revision: id }) => id)).toEqual(['r1', 'r2', 'r3']);
  });

  test('says what it would be', async () => {
    await using temporary = await server.database();
    await using bench = await openBench(temporary.url, []);
    await upgrade(bench.with([boxes]));
    await bench.database.run({ sql: many }, []);
    const of = async (sql: string): Promise<unknown> =>
      await upgrade(
        bench.with([boxes, revision('r2', ['r1'], [rawSql(sql)])], { makeScratch: scratchFor(temporary.url) }),
      );

    await expect(of(byHand['an index'])).rejects.toMatchObject({
      message: expect.stringContaining('box: more than 1000 rows would be read while writers wait'),
    });
    await expect(of(byHand['another type'])).rejects.toMatchObject({
      message: expect.stringContaining('box: more than 1000 rows would be written anew while everybody waits'),
    });
    await expect(of(byHand['rows of another table, read behind a strong lock'])).rejects.toMatchObject({
      message: expect.stringContaining('box: more than 1000 rows would be read while everybody waits for shelf'),
    });
  });

  test('is nothing where rows are found by an index, or nobody is locked out', async () => {
    await using temporary = await server.database();
    await using bench = await openBench(temporary.url, []);
    await upgrade(bench.with([boxes]));
    await bench.database.run({ sql: many }, []);
    const free = revision(
      'r2',
      ['r1'],
      [
        rawSql('create table copy (like box); insert into copy (id, weight) select id, weight from box'),
        rawSql('alter table copy alter column weight type bigint'),
      ],
    );
    const one = revision(
      'r4',
      ['r3'],
      [
        rawSql(
          'alter table box add column size int; update box set size = 1 where id = 5; insert into box values (-1)',
        ),
      ],
    );
    const data = revision('r3', ['r2'], [rawSql('update box set weight = weight + 1'), rawSql('truncate box')]);

    const { revisions } = await upgrade(
      bench.with([boxes, free, data, one], { makeScratch: scratchFor(temporary.url) }),
    );

    expect(revisions.map(({ id }) => id)).toEqual(['r2', 'r3', 'r4']);
  });

  test('is nothing where every change has its online form', async () => {
    await using temporary = await server.database();
    await using bench = await openBench(temporary.url, []);
    await upgrade(bench.with([boxes]));
    await bench.database.run({ sql: many }, []);
    const shelf: Change = {
      kind: 'add-column',
      table: box,
      column: { name: 'shelf', type: { kind: 'integer' }, nullable: true },
    };
    const context = bench.with([boxes, revision('r2', ['r1'], [shelf, ...online])], {
      makeScratch: scratchFor(temporary.url),
      blockedRows: 0,
    });
    await bench.database.run({ sql: 'delete from box where id > 990' }, []);

    const { plans } = await previewUpgrade(context, 'head', { asksServer: true });
    const { revisions } = await upgrade(context);

    const unmeasured = plans.flatMap(({ statements }) =>
      statements.filter(({ agreed, backfill }) => agreed === undefined && backfill === undefined),
    );
    expect(unmeasured).toEqual([]);
    expect(revisions.map(({ id }) => id)).toEqual(['r2']);
  });

  test('is known of the changes that a server can only make so, without a scratch database', async () => {
    await using temporary = await server.database();
    await using bench = await openBench(temporary.url, []);
    await upgrade(bench.with([boxes]));
    await bench.database.run({ sql: many }, []);
    const plain: readonly Change[] = [rawSql('select 1'), ...online.slice(0, 2)];
    const refused = async (changes: readonly Change[]): Promise<unknown> =>
      await upgrade(bench.with([boxes, revision('r2', ['r1'], changes)], { makeScratch: noScratch }));

    for (const changes of [[rawSql('select 1'), doubled], plain]) {
      await expect(refused(changes)).rejects.toMatchObject({
        code: 'BUDGET_EXCEEDED',
        details: { table: 'box', known: true },
      });
    }
  });

  test('counts rows, not how much room they take', async () => {
    await using temporary = await server.database();
    await using bench = await openBench(temporary.url, []);
    await upgrade(bench.with([boxes]));
    await bench.database.pinned(async (session) => {
      await session.script(few);
      await session.script(bloat);
    });
    const context = bench.with([boxes, revision('r2', ['r1'], [doubled])], { makeScratch: scratchFor(temporary.url) });

    expect((await upgrade(context)).revisions.map(({ id }) => id)).toEqual(['r2']);
  });

  test('is shown by a dry run that may ask, and refused by it', async () => {
    await using temporary = await server.database();
    await using bench = await openBench(temporary.url, []);
    await upgrade(bench.with([boxes]));
    await bench.database.run({ sql: many }, []);
    const made: string[] = [];
    const context = bench.with([boxes, revision('r2', ['r1'], [rawSql('select 1'), doubled])], {
      makeScratch: scratchFor(temporary.url, made),
    });

    const silent = await previewUpgrade(context);
    const allowed = await previewUpgrade({ ...context, blockedRows: 5000 }, 'head', { asksServer: true });

    expect(silent.plans[0]?.statements[0]?.agreed).toBeUndefined();
    expect(previewOutcome(allowed).lines).toContain('-- box: everybody waits until it is done');
    await expect(previewUpgrade(context, 'head', { asksServer: true })).rejects.toMatchObject({
      code: 'BUDGET_EXCEEDED',
    });
    expect(made).toHaveLength(2);
    expect(await left(bench, made)).toEqual([]);
  });

  test('is not tried where what is tried would outlast the scratch database', async () => {
    await using temporary = await server.database();
    await using bench = await openBench(temporary.url, []);
    await upgrade(bench.with([boxes]));
    await bench.database.run({ sql: many }, []);
    const role = `rowhouse_test_${temporary.name}`;
    const maker = rawSql(`create role "${role}"; create index on box (label)`);
    const context = bench.with([boxes, revision('r2', ['r1'], [maker])], { makeScratch: scratchFor(temporary.url) });

    const { plans } = await previewUpgrade(context, 'head', { asksServer: true });
    const roles = async (): Promise<unknown> =>
      (await bench.database.run({ sql: `select count(*)::text from pg_roles where rolname = '${role}'` }, [])).rows;

    expect(plans[0]?.statements.map(({ agreed }) => agreed)).toEqual([undefined]);
    expect(await roles()).toEqual([['0']]);
    await upgrade(context);
    expect(await roles()).toEqual([['1']]);
    await bench.database.run({ sql: `drop role "${role}"` }, []);
  });

  test('is not tried where foreign tables would lead to another server', async () => {
    await using temporary = await server.database();
    await using bench = await openBench(temporary.url, []);
    await upgrade(bench.with([boxes]));
    await bench.database.pinned(async (session) => {
      await session.script(many);
      await session.script('create foreign data wrapper far; create server away foreign data wrapper far');
    });
    const byHandIndex = revision('r2', ['r1'], [rawSql('create index on box (label)')]);
    const made: string[] = [];
    const context = bench.with([boxes, byHandIndex], { makeScratch: scratchFor(temporary.url, made) });

    const { plans } = await previewUpgrade(context, 'head', { asksServer: true });

    expect(plans[0]?.statements.map(({ agreed }) => agreed)).toEqual([undefined]);
    expect(made).toHaveLength(1);
    expect(await left(bench, made)).toEqual([]);
  });

  test('is added up over the parts of a table', async () => {
    await using temporary = await server.database();
    await using bench = await openBench(temporary.url, []);
    await upgrade(bench.with([boxes]));
    await bench.database.pinned(
      async (session) =>
        await session.script(`create table part (id int) partition by hash (id);
          create table part_0 partition of part for values with (modulus 2, remainder 0);
          create table part_1 partition of part for values with (modulus 2, remainder 1);
          insert into part select generate_series(1, 1500)`),
    );
    const check = revision('r2', ['r1'], [rawSql('alter table part add check (id > 0)')]);

    await expect(upgrade(bench.with([boxes, check], { makeScratch: scratchFor(temporary.url) }))).rejects.toMatchObject(
      { code: 'BUDGET_EXCEEDED', details: { does: 'reads' } },
    );
  });
});

describeServers(['postgresql-15', 'postgresql-18'], 'the commands', (server) => {
  test('up, down and deploy refuse what others would wait for, unless more rows are allowed', async () => {
    await using temporary = await server.database();
    const index = {
      up: { any: 'create index product_stock on product (stock)' },
      down: { any: 'drop index product_stock' },
    };
    const allow = [{ code: 'create-index-blocks-writes', reason: 'it is small' }];
    const made = {
      id: 'bbbbbbbbbbbb',
      parents: ['aaaaaaaaaaaa'],
      message: 'index',
      up: [{ kind: 'raw-sql', ...index }],
    };
    const file = `export default ${JSON.stringify({ ...made, allow })};
`;
    const directory = makeShop({ 'migrations/2026-01-02_index_bbbbbbbbbbbb.ts': file });
    const bin = join(import.meta.dirname, '../../../src/cli/bin.ts');
    const run = async (...words: readonly string[]): Promise<CliResult> =>
      await runCli(directory, words, variablesFor(temporary.url), bin);
    await run('up', '+1');
    await using bench = await openBench(temporary.url, []);
    const rows = `insert into product (id, name, stock) select i, i::text, i from generate_series(1, 1001) i`;
    await bench.database.run({ sql: rows }, []);

    const refused = [await run('up'), await run('up', '--dry-run', '--ask-server'), await run('deploy')];
    const allowed = await run('up', '--blocked-rows', '1001');
    const back = await run('down');

    for (const { exitCode, stderr } of refused) {
      expect(exitCode).toBe(4);
      expect(stderr).toMatch(/product: more than 1000 rows would be read while writers wait[^]*--blocked-rows/);
    }
    expect(allowed.exitCode).toBe(0);
    expect(back.exitCode).toBe(0);
  }, 180_000);
});

function rawSql(up: string): Change {
  return { kind: 'raw-sql', up: { any: up } };
}

/** `made` gets the names of the databases. */
function scratchFor(url: string, made: string[] = []): () => ReturnType<typeof makeScratch> {
  return async () =>
    await makeScratch({
      inFile: false,
      open: async (name) => {
        const place = new URL(url);
        if (name !== undefined) {
          made.push(name);
          place.pathname = `/${name}`;
        }
        const { database } = await openBench(place.href, []);
        return database;
      },
    });
}

async function noScratch(): Promise<never> {
  throw new Error('no scratch database');
}

async function left({ database }: Bench, names: readonly string[]): Promise<readonly unknown[]> {
  const sql = `select datname from pg_database where datname in (${names.map((name) => `'${name}'`).join(', ')})`;
  return (await database.run({ sql }, [])).rows;
}
