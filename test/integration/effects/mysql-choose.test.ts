import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { applyChange } from '../../../src/catalog/change/apply.ts';
import type { Change } from '../../../src/catalog/change/change.ts';
import type { Catalog } from '../../../src/catalog/model/catalog.ts';
import type { DefinitionStatement } from '../../../src/dialect/definition.ts';
import { createMariadbDialect } from '../../../src/dialects/mariadb/dialect.ts';
import { mysqlFlavor } from '../../../src/dialects/mysql/flavor.ts';
import { mariadbFlavor } from '../../../src/dialects/mariadb/flavor.ts';
import { rungs } from '../../../src/dialects/mysql/algorithm/rung.ts';
import { upgrade } from '../../../src/migration/run/upgrade.ts';
import { describeServers } from '../../servers/describe-each-server.ts';
import { column, create, open, tableOf, type OpenServer } from '../dialects/mysql-family.ts';
import { rawSql, revision } from '../migration/history.ts';
import { openBench } from '../migration/open-bench.ts';

const structure = new URL('mysql-algorithms.sql', import.meta.url);
const whole = { kind: 'integer' } as const;
const box = { name: 'box' };
const label = column('label', { kind: 'varchar', length: 20 }, { nullable: true });
const weight = column('weight', whole, { nullable: true });
const boxes = tableOf('box', [label, weight]);
const shelves = tableOf('shelf', []);
const items = tableOf('item', [column('box', whole, { nullable: true })], {
  foreignKeys: [
    {
      name: 'item_box_fkey',
      columns: ['box'],
      references: { name: 'box', columns: ['id'] },
      onDelete: 'no-action',
      onUpdate: 'no-action',
    },
  ],
});
const lid = column('lid', whole, { nullable: true });
const widen: Change = { kind: 'alter-column', table: box, column: { ...label, type: { kind: 'varchar', length: 40 } } };
const retype: Change = { kind: 'alter-column', table: box, column: { ...weight, type: { kind: 'bigint' } } };
const addLid: Change = { kind: 'add-column', table: box, column: lid };
const many = `insert into box (id, weight)
  with recursive n as (select 0 as i union all select i + 1 from n where i < 39)
  select a.i * 40 + b.i, a.i from n a, n b`;

const alters = [
  'add column z int',
  'add column z int first',
  'add column z int as (a + 1) stored',
  'drop column b',
  'drop column n',
  'rename column b to bb',
  'modify b int',
  'modify v varchar(30)',
  'modify v2 varchar(1000)',
  'modify v varchar(10)',
  "modify e enum('a','b','c')",
  "modify e enum('c','a','b')",
  'modify n int not null default 0',
  'modify a int null',
  "modify n int comment 'x'",
  'alter column n set default 3',
  'add index kz (b)',
  'add fulltext index kz (tx)',
  'drop index k_v',
  'rename index k_v to k_v2',
  'add constraint `fk2` foreign key (n) references `o` (id)',
  'add constraint `ck2` check (n < 100)',
  'drop primary key, add primary key (id, a)',
  "comment='x'",
  'force',
];

describeServers(['mysql', 'mariadb'], 'how a table is altered', (server) => {
  test.each(alters)('what the server says of an empty table is what it does with rows: %s', async (alter) => {
    await using database = await server.database();
    await using on = await open(database);
    await on.connection.script(await readFile(structure, 'utf8'));
    await on.connection.script('insert into o values (1); insert into full (a, n, v) values (1, 1, 1), (1, 1, 2)');
    const statement = { sql: `alter table \`full\` ${alter}`, transactional: false, asks: true } as const;

    const [chosen] = await choose(on, [statement]);

    const ladder = rungs(flavorOf(on)).map(({ clause }) => `${statement.sql}, ${clause}`);
    const rung = ladder.indexOf(chosen?.agreed?.sql ?? '');
    expect(rung).toBeGreaterThanOrEqual(0);
    for (const gentler of ladder.slice(0, rung)) await expect(on.rows(gentler)).rejects.toThrow(/not supported/);
    await on.rows(ladder[rung] ?? '');
    expect(await probeTables(on)).toEqual([]);
  });

  test('each statement is tried on its table as the ones before leave it', async () => {
    await using database = await server.database();
    await using on = await open(database);
    const before = await on.make(create(boxes));
    await on.connection.script(many);
    const changes: readonly Change[] = [
      ...create(shelves),
      { kind: 'rename-column', table: box, column: 'weight', to: 'shelf' },
      { kind: 'rename-table', table: box, to: 'crate' },
      { kind: 'add-column', table: { name: 'crate' }, column: lid },
      { kind: 'rename-column', table: { name: 'crate' }, column: 'lid', to: 'top' },
      {
        kind: 'create-index',
        table: { name: 'crate' },
        index: { name: 'i', keys: [{ column: 'top' }], unique: false },
      },
    ];

    const chosen = await choose(on, compiled(on, changes, before));
    for (const { sql, agreed } of chosen) await on.rows(agreed?.sql ?? sql);

    expect(chosen.map(({ agreed }) => /algorithm=(\w+)/.exec(agreed?.sql ?? '')?.[1])).toEqual([
      undefined,
      'instant',
      'instant',
      'instant',
      'instant',
      flavorOf(on).algorithms[1],
    ]);
    expect(chosen[4]?.agreed?.effects.locks).toMatchObject([{ table: 'box', blocks: 'nobody' }]);
    expect(await probeTables(on)).toEqual([]);
  });

  test('a table is found under every name that the plan gives it', async () => {
    await using database = await server.database();
    await using on = await open(database);
    await on.make(create(boxes));
    await on.connection.script(many);
    const quiet = { transactional: false } as const;
    const plan = [
      { sql: 'alter table `box` add column lid int', ...quiet },
      { sql: 'rename table `box` to `old`, `old` to `crate`', ...quiet },
      { sql: 'create table `box` like `crate`', ...quiet },
      { sql: 'alter table `crate` rename column lid to top', asks: true, ...quiet },
      { sql: 'alter table `box` modify weight bigint', asks: true, ...quiet },
    ] as const;

    const chosen = await choose(on, plan);

    expect(chosen[3]?.agreed?.effects.locks).toMatchObject([{ table: 'box', blocks: 'nobody' }]);
    expect(chosen[4]?.agreed).toEqual({
      sql: 'alter table `box` modify weight bigint, algorithm=copy, lock=shared',
      effects: { locks: [], rewrites: [], scans: [] },
    });
  });

  test('a large table that others refer to is not copied while writers wait, and nothing is changed', async () => {
    await using temporary = await server.database();
    const history = [revision('r1', [], create(boxes, items)), revision('r2', ['r1'], [addLid, retype])];
    await using bench = await openBench(temporary.url, history);
    await upgrade(bench.context, 'r1');
    await bench.database.run({ sql: many }, []);

    const refused = upgrade(bench.context);

    await expect(refused).rejects.toMatchObject({
      code: 'BUDGET_EXCEEDED',
      details: {
        table: 'box',
        algorithm: 'copy',
        lock: 'shared',
        revision: 'r2',
        noCopy: 'it is referred to by the foreign key item_box_fkey',
      },
    });
    const [table] = (await bench.inspect()).tables;
    expect(table?.columns.map(({ name }) => name)).toEqual(['id', 'label', 'weight']);
    expect((await bench.inspect()).tables).toHaveLength(2);
    await upgrade({ ...bench.context, blockedRows: 5000 });
    expect((await bench.inspect()).tables[0]?.columns.map(({ type }) => type.kind)).toContain('bigint');
  });

  test('a small one is, and SQL by hand runs as it stands', async () => {
    await using temporary = await server.database();
    const history = [
      revision('r1', [], create(boxes)),
      revision('r2', ['r1'], [retype, widen]),
      revision(
        'r3',
        ['r2'],
        [rawSql('alter table box modify weight smallint', 'alter table box modify weight bigint')],
      ),
    ];
    await using bench = await openBench(temporary.url, history);
    await upgrade(bench.context, 'r2');
    await bench.database.run({ sql: many }, []);

    await upgrade(bench.context);

    const [table] = (await bench.inspect()).tables;
    expect(table?.columns.map(({ type }) => type.kind)).toEqual(['integer', 'varchar', 'smallint']);
  });

  test('what a killed run has left is cleared away', async () => {
    await using database = await server.database();
    await using on = await open(database);
    const before = await on.make(create(boxes));
    await on.rows('create table _rowhouse_probe_7 like box');

    await choose(on, compiled(on, [widen], before));

    expect(await probeTables(on)).toEqual([]);
  });
});

describeServers(['mysql'], 'a table that was changed in place too often', (server) => {
  test('is built anew beside', async () => {
    await using database = await server.database();
    await using on = await open(database);
    const before = await on.make(create(boxes));
    await on.rows('insert into box (id) values (1)');
    const twice =
      'alter table box add column c int, algorithm=instant; alter table box drop column c, algorithm=instant';
    for (let turn = 0; turn < 127; turn += 1) await on.connection.script(twice);
    await on.rows('alter table box add column c int, algorithm=instant');

    const [chosen] = await choose(on, compiled(on, [addLid], before));
    await on.rows(chosen?.agreed?.sql ?? '');

    expect(chosen?.agreed?.sql).toMatch(/algorithm=inplace, lock=none$/);
  });
});

describeServers(['mariadb'], 'a cluster that does definitions one at a time', (server) => {
  test('is given instant ones alone for its large tables', async () => {
    await using database = await server.database();
    await using on = await open(database);
    const before = await on.make(create(boxes));
    await on.connection.script(many);
    const galera = createMariadbDialect({ version: on.connection.serverVersion, settings: { wsrep_on: 'ON' } });
    const index: Change = {
      kind: 'create-index',
      table: box,
      index: { name: 'i', keys: [{ column: 'weight' }], unique: false },
    };

    const [chosen] = (await galera.algorithms?.choose(on.connection, compiled(on, [widen], before))) ?? [];
    const [copied] = (await galera.algorithms?.choose(on.connection, compiled(on, [index], before))) ?? [];

    expect(chosen?.agreed?.sql).toMatch(/algorithm=instant, lock=none$/);
    expect(copied?.agreed?.online).toMatchObject({ kind: 'copy', table: 'box' });
    expect(copied?.agreed?.effects.locks).toMatchObject([{ table: 'box', blocks: 'nobody' }]);
  });
});

function compiled(on: OpenServer, changes: readonly Change[], before: Catalog): readonly DefinitionStatement[] {
  let catalog = before;
  return changes.flatMap((change) => {
    const statements = on.dialect.definition.compile(change, catalog, { safe: 'online' });
    catalog = applyChange(change, catalog);
    return statements;
  });
}

async function choose(
  { dialect, connection }: OpenServer,
  statements: readonly DefinitionStatement[],
): Promise<readonly DefinitionStatement[]> {
  return (await dialect.algorithms?.choose(connection, statements)) ?? [];
}

async function probeTables(on: OpenServer): Promise<readonly unknown[]> {
  return await on.rows(
    `select table_name from information_schema.tables where table_schema = database() and table_name like '%probe%'`,
  );
}

function flavorOf({ dialect, connection }: OpenServer): ReturnType<typeof mysqlFlavor> {
  const facts = { version: connection.serverVersion, settings: {} };
  return dialect.variants.includes('mariadb') ? mariadbFlavor(facts) : mysqlFlavor(facts);
}
