import { expect, test } from 'vitest';
import { applyChange } from '../../../src/catalog/change/apply.ts';
import type { Change } from '../../../src/catalog/change/change.ts';
import { createCatalog } from '../../../src/catalog/change/create-catalog.ts';
import { emptyCatalog, findTable, type Catalog } from '../../../src/catalog/model/catalog.ts';
import type { Column } from '../../../src/catalog/model/column.ts';
import { textExpression } from '../../../src/catalog/model/expression.ts';
import { mariadbFlavor } from '../../../src/dialects/mariadb/flavor.ts';
import { mysqlDefinition } from '../../../src/dialects/mysql/definition.ts';
import { mysqlFlavor } from '../../../src/dialects/mysql/flavor.ts';
import { defaultLedgerName } from '../../../src/migration/ledger/ledger-table.ts';
import { upgrade } from '../../../src/migration/run/upgrade.ts';
import { describeServers } from '../../servers/describe-each-server.ts';
import { open, type OpenServer } from '../dialects/mysql-family.ts';
import { revision } from '../migration/history.ts';
import { openBench } from '../migration/open-bench.ts';

const maker = { name: 'maker' };
const part = { name: 'part' };
const id: Column = { name: 'id', type: { kind: 'bigint' }, nullable: false, identity: { generation: 'by-default' } };
const name: Column = { name: 'name', type: { kind: 'varchar', length: 40 }, nullable: false, comment: 'its name' };
const size: Column = { name: 'size', type: { kind: 'integer' }, nullable: true };
const mood: Column = { name: 'mood', type: { kind: 'enum', name: 'maker_mood' }, nullable: true };
const twice: Column = {
  name: 'twice',
  type: { kind: 'integer' },
  nullable: true,
  generated: { expression: textExpression('(`size` * 2)'), stored: false },
};
const plain = { uniques: [], foreignKeys: [], checks: [], indexes: [] };
const lower = textExpression('lower(`name`)');

const shop: Catalog = {
  ...emptyCatalog,
  enums: [{ name: 'maker_mood', values: ['good', 'bad'] }],
  tables: [
    {
      ...plain,
      name: 'maker',
      columns: [id, name, size, mood, twice],
      primaryKey: { columns: ['id'] },
      uniques: [{ name: 'maker_name_key', columns: ['name'] }],
      checks: [{ name: 'maker_size_check', expression: textExpression('(`size` > 0)') }],
      indexes: [
        { name: 'maker_size', keys: [{ column: 'size' }], unique: false },
        { name: 'maker_lower', keys: [{ expression: lower }], unique: false },
      ],
    },
    {
      ...plain,
      name: 'part',
      columns: [id, { name: 'maker', type: { kind: 'bigint' }, nullable: false }, { ...size, name: 'weight' }],
      primaryKey: { columns: ['id'] },
      foreignKeys: [
        {
          name: 'part_maker_fkey',
          columns: ['maker'],
          references: { name: 'maker', columns: ['id'] },
          onDelete: 'cascade',
          onUpdate: 'no-action',
        },
      ],
    },
  ],
  views: [
    {
      name: 'big',
      query: textExpression('select `name` as `name` from `maker` where `size` > 5'),
      columns: [{ name: 'name', type: { kind: 'varchar', length: 40 }, nullable: true }],
      materialized: false,
    },
  ],
  raw: [
    {
      type: 'trigger',
      name: 'part_new',
      table: 'part',
      stage: 'after-tables',
      create: { mysql: 'create trigger `part_new` before insert on `part` for each row set new.`weight` = 9' },
      drop: { mysql: 'drop trigger `part_new`' },
    },
  ],
};

const rows = `insert into maker (id, name, size, mood) values (1, 'Anna', 3, 'good'), (5, 'Berta', null, 'bad');
  insert into part (id, maker) values (1, 1), (2, 5)`;

const [bigView] = shop.views;
const [partNew] = shop.raw;
const [foreignKey] = findTable(shop, part)?.foreignKeys ?? [];
const [check] = findTable(shop, maker)?.checks ?? [];
const [index, lowerIndex] = findTable(shop, maker)?.indexes ?? [];
if (!bigView || !partNew || !foreignKey || !check || !index || !lowerIndex) throw new Error('the shop has one of each');

const changes: readonly (readonly [string, Change])[] = [
  ['a wider type', { kind: 'alter-column', table: maker, column: { ...name, type: { kind: 'varchar', length: 90 } } }],
  [
    'another type',
    { kind: 'alter-column', table: part, column: { ...size, name: 'weight', type: { kind: 'bigint' } } },
  ],
  [
    'a default',
    { kind: 'alter-column', table: maker, column: { ...name, default: { kind: 'literal', value: 'nobody' } } },
  ],
  ['null', { kind: 'alter-column', table: maker, column: { ...name, nullable: true } }],
  ['not null', { kind: 'alter-column', table: part, column: { ...size, name: 'weight', nullable: false } }],
  ['a comment', { kind: 'alter-column', table: maker, column: { ...mood, comment: 'how it feels' } }],
  [
    'a stored value',
    { kind: 'alter-column', table: maker, column: { ...twice, generated: { ...twice.generated!, stored: true } } },
  ],
  [
    'another expression',
    {
      kind: 'alter-column',
      table: maker,
      column: { ...twice, generated: { expression: textExpression('(`size` * 3)'), stored: false } },
    },
  ],
  ['a longer key', { kind: 'set-primary-key', table: part, primaryKey: { columns: ['id', 'maker'] } }],
  [
    'a wider unique key',
    { kind: 'alter-unique', table: maker, unique: { name: 'maker_name_key', columns: ['name', 'size'] } },
  ],
  [
    'another check',
    { kind: 'alter-check', table: maker, check: { ...check, expression: textExpression('(`size` > 1)') } },
  ],
  ['another action', { kind: 'alter-foreign-key', table: part, foreignKey: { ...foreignKey, onDelete: 'restrict' } }],
  [
    'an index in another order',
    { kind: 'alter-index', table: maker, index: { ...index, keys: [{ column: 'size', order: 'desc' }] } },
  ],
  [
    'an index of another expression',
    {
      kind: 'alter-index',
      table: maker,
      index: { ...lowerIndex, keys: [{ expression: textExpression('reverse(`name`)') }] },
    },
  ],
  ['an index by another name', { kind: 'rename-index', table: maker, name: 'maker_size', to: 'maker_sizes' }],
  ['an expression index by another name', { kind: 'rename-index', table: maker, name: 'maker_lower', to: 'maker_low' }],
  [
    'a unique key by another name',
    { kind: 'rename-constraint', table: maker, name: 'maker_name_key', to: 'maker_names' },
  ],
  ['a check by another name', { kind: 'rename-constraint', table: maker, name: 'maker_size_check', to: 'maker_sizes' }],
  [
    'a reference by another name',
    { kind: 'rename-constraint', table: part, name: 'part_maker_fkey', to: 'part_makes' },
  ],
  ['a table by another name', { kind: 'rename-table', table: part, to: 'piece' }],
  ['a column by another name', { kind: 'rename-column', table: maker, column: 'mood', to: 'temper' }],
  ['a column in expressions by another name', { kind: 'rename-column', table: maker, column: 'size', to: 'extent' }],
  ['a column in an index by another name', { kind: 'rename-column', table: maker, column: 'name', to: 'label' }],
  [
    'an option',
    { kind: 'set-table-options', table: part, options: { row_format: 'DYNAMIC', 'invisible:weight': true } },
  ],
  ['a collation', { kind: 'set-table-options', table: maker, options: { collation: 'utf8mb4_general_ci' } }],
  ['a comment of the table', { kind: 'set-table-comment', table: maker, comment: "who's making" }],
  ['one more value', { kind: 'alter-enum', enum: { name: 'maker_mood', values: ['good', 'bad', 'sad'] } }],
  ['values in another order', { kind: 'alter-enum', enum: { name: 'maker_mood', values: ['bad', 'sad', 'good'] } }],
  ['a value by another name', { kind: 'rename-enum-value', enum: { name: 'maker_mood' }, value: 'bad', to: 'grim' }],
  [
    'another view',
    {
      kind: 'alter-view',
      view: { ...bigView, query: textExpression('select `name` as `name` from `maker` where `size` > 6') },
    },
  ],
  ['a view by another name', { kind: 'rename-view', view: { name: 'big' }, to: 'large' }],
  [
    'another trigger',
    {
      kind: 'alter-raw',
      object: { ...partNew, create: { mysql: partNew.create['mysql']?.replace('9', '8') ?? '' } },
    },
  ],
];

const bothSizes = [
  [2, 1],
  [2, 7],
];

const inTheWay: readonly (readonly [string, Change, readonly (readonly number[])[]])[] = [
  ['have no size', { kind: 'alter-column', table: maker, column: { ...size, nullable: false } }, [[1, 5]]],
  [
    'have a value of name that does not fit',
    { kind: 'alter-column', table: maker, column: { ...name, type: { kind: 'varchar', length: 4 } } },
    [[1, 5]],
  ],
  [
    'are not alone with their size',
    { kind: 'add-unique', table: maker, unique: { name: 'maker_size_key', columns: ['size'] } },
    bothSizes,
  ],
  [
    'break maker_size_check',
    { kind: 'alter-check', table: maker, check: { ...check, expression: textExpression('(`size` > 3)') } },
    bothSizes,
  ],
  ['have a value of mood that goes', { kind: 'alter-enum', enum: { name: 'maker_mood', values: ['good'] } }, [[1, 5]]],
  [
    'refer to no row of part',
    {
      kind: 'add-foreign-key',
      table: maker,
      foreignKey: {
        ...foreignKey,
        name: 'maker_size_fkey',
        columns: ['size'],
        references: { ...part, columns: ['id'] },
      },
    },
    bothSizes,
  ],
];

const finished = changes.filter(([title]) =>
  ['another type', 'another action', 'a table by another name', 'a value by another name', 'another trigger'].includes(
    title,
  ),
);

/** A column that is computed and never null. */
const computed: Catalog = {
  ...emptyCatalog,
  tables: [
    { ...plain, name: 'maker', columns: [id, size, { ...twice, nullable: false }], primaryKey: { columns: ['id'] } },
  ],
};

describeServers(['mysql', 'mariadb'], 'a change of what stays', (server) => {
  test.each(changes)('%s is what the catalog says afterwards, and no row is lost', async (_title, change) => {
    await using database = await server.database();
    await using on = await open(database);
    await makeShop(on);
    const before = await on.inspect();
    const after = applyChange(change, before);

    await on.make([change], before);

    const seen = await on.inspect();
    expect(comparable(seen)).toEqual(comparable(after));
    const label = findTable(seen, maker)?.columns[1]?.name ?? '';
    expect(await on.rows(`select concat(id, ${label}) from maker order by id`)).toEqual([['1Anna'], ['5Berta']]);
    const parts = findTable(seen, part) === undefined ? 'piece' : 'part';
    expect(await on.rows(`select concat(id) from ${parts} order by id`)).toEqual([['1'], ['2']]);
  });

  test.each(inTheWay)('rows that %s are found before anything runs', async (problem, change, found) => {
    await using database = await server.database();
    await using on = await open(database);
    await makeShop(on);
    await on.connection.script("insert into maker (id, name, size, mood) values (7, 'Cora', 3, 'good')");
    const before = await on.inspect();

    const prechecks = on.dialect.definition
      .compile(named(change, before), before)
      .flatMap((statement) => statement.prechecks ?? []);

    expect(prechecks.map((precheck) => precheck.problem)).toEqual([problem]);
    const rowsFound = (await on.rows(prechecks[0]?.sql ?? '')).map((row) => row.map(Number));
    expect(rowsFound.toSorted(([, a = 0], [, b = 0]) => a - b)).toEqual(found);
  });

  test('old values become new ones as the change says', async () => {
    await using database = await server.database();
    await using on = await open(database);
    await makeShop(on);
    const weight: Column = { ...size, name: 'weight', type: { kind: 'varchar', length: 9 } };
    const using = textExpression("concat(`weight`, ' kg')");

    await on.make([{ kind: 'alter-column', table: part, column: weight, using }], shop);

    expect(await on.rows('select weight from part')).toEqual([['9 kg'], ['9 kg']]);
    const [, parts] = (await on.inspect()).tables;
    expect(parts?.columns.map((column) => column.name)).toEqual(['id', 'maker', 'weight']);
  });

  test('a column that something speaks of is not converted by an expression', () => {
    const change: Change = { kind: 'alter-column', table: maker, column: size, using: textExpression('1') };

    expect(() => mysqlDefinition(mysqlFlavor({ version: '9.7', settings: {} })).compile(change, shop)).toThrow(
      /maker\.size.*not converted/,
    );
  });

  test('a reference is in force at every moment while it changes', async () => {
    await using database = await server.database();
    await using on = await open(database);
    await makeShop(on);
    const change: Change = {
      kind: 'alter-foreign-key',
      table: part,
      foreignKey: { ...foreignKey, onDelete: 'restrict' },
    };

    for (const { sql } of on.dialect.definition.compile(change, await on.inspect())) {
      await on.rows(sql);
      await expect(on.rows('insert into part (maker) values (99)')).rejects.toThrow(/foreign key constraint fails/);
    }

    await expect(on.rows('delete from maker where id = 1')).rejects.toThrow(/foreign key constraint fails/);
  });

  test.each(finished)(
    'a run that was killed before its last statement was counted is finished: %s',
    async (_title, change) => {
      await using temporary = await server.database();
      const [first, second] = [revision('r1', [], createCatalog(shop)), revision('r2', ['r1'], [change])];
      await using bench = await openBench(temporary.url, [first, second]);
      await upgrade(bench.context, 'r1');
      await bench.database.run({ sql: 'insert into maker (id, name) values (1, 1)' }, []);
      await upgrade(bench.context);
      const done = await bench.inspect();
      const count = Number((await bench.ledger()).at(-1)?.statementsDone ?? 0);
      await bench.database.run(
        {
          sql: `update ${defaultLedgerName} set state = 'running', statements_done = ${Math.max(count - 1, 0)} where revision = 'r2'`,
        },
        [],
      );

      await upgrade(bench.context);

      expect(await bench.inspect()).toEqual(done);
      expect((await bench.ledger()).map(({ state }) => state)).toEqual(['done', 'done']);
    },
  );
});

describeServers(['mariadb'], 'what MariaDB alone has', (server) => {
  test('a sequence keeps its number and takes other steps', async () => {
    await using database = await server.database();
    await using on = await open(database);
    const sequence = { name: 'ticket', increment: '5', maximum: '100' };
    const before = await on.make([{ kind: 'create-sequence', sequence }]);
    await on.rows('select nextval(ticket)');

    const after = await on.make(
      [
        { kind: 'alter-sequence', sequence: { name: 'ticket', increment: '2' } },
        { kind: 'rename-sequence', sequence: { name: 'ticket' }, to: 'pass' },
      ],
      before,
    );

    expect((await on.inspect()).sequences).toEqual(after.sequences);
  });

  test('the check that says not null about a computed column follows its table and its column', async () => {
    await using database = await server.database();
    await using on = await open(database);
    const before = await on.make(createCatalog(computed));

    await on.make(
      [
        { kind: 'rename-column', table: maker, column: 'twice', to: 'double' },
        { kind: 'rename-table', table: maker, to: 'author' },
        { kind: 'drop-column', table: { name: 'author' }, column: 'double' },
      ],
      before,
    );

    expect((await on.inspect()).tables[0]?.checks).toEqual([]);
  });

  test('a trigger is never missing while it changes', () => {
    const definition = mysqlDefinition(mariadbFlavor({ version: '10.11', settings: {} }));

    const compiled = definition.compile({ kind: 'alter-raw', object: partNew }, shop);

    expect(compiled.map(({ sql }) => sql.slice(0, 25))).toEqual(['create or replace trigger']);
  });
});

/** The enum has the name that the inspector gives it. */
function named(change: Change, { enums: [type] }: Catalog): Change {
  return change.kind === 'alter-enum' ? { ...change, enum: { ...change.enum, name: type?.name ?? '' } } : change;
}

async function makeShop(on: OpenServer): Promise<void> {
  await on.make(createCatalog(shop));
  await on.connection.script(rows);
}

/** Views and triggers by name, for the server has a text of its own for them; and it names an enum itself. */
function comparable(catalog: Catalog): unknown {
  const { tables, enums, sequences } = catalog;
  const [views, raw] = [catalog.views, catalog.raw].map((objects) => objects.map((object) => object.name));
  const text = JSON.stringify({ tables, enums, sequences, views, raw });
  return JSON.parse(text.replaceAll(/"maker_(?:mood|temper)"/g, '"enum"').replaceAll(/[`()]/g, ''));
}
