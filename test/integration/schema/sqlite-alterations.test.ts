import { expect, test } from 'vitest';
import { applyChange } from '../../../src/catalog/change/apply.ts';
import type { Change } from '../../../src/catalog/change/change.ts';
import { emptyCatalog, findTable, type Catalog } from '../../../src/catalog/model/catalog.ts';
import type { Column } from '../../../src/catalog/model/column.ts';
import { textExpression } from '../../../src/catalog/model/expression.ts';
import { sqliteDefinition } from '../../../src/dialects/sqlite/definition.ts';
import { describeServers } from '../../servers/describe-each-server.ts';
import { make } from '../dialects/open-connection.ts';
import { runInMode, sqliteDatabase } from '../structure/sqlite-database.ts';

const maker = { name: 'maker' };
const part = { name: 'part' };
const id: Column = { name: 'id', type: { kind: 'bigint' }, nullable: false, identity: { generation: 'by-default' } };
const size: Column = { name: 'size', type: { kind: 'integer' }, nullable: true };
const mood: Column = { name: 'mood', type: { kind: 'enum', name: 'maker_mood' }, nullable: true };
const plain = { uniques: [], foreignKeys: [], checks: [], indexes: [] };

const shop: Catalog = {
  ...emptyCatalog,
  enums: [{ name: 'maker_mood', values: ['good', 'bad'] }],
  tables: [
    {
      ...plain,
      name: 'maker',
      columns: [id, { name: 'name', type: { kind: 'text' }, nullable: false, collation: 'nocase' }, size, mood],
      primaryKey: { name: 'maker_pkey', columns: ['id'] },
      uniques: [{ name: 'maker_name_key', columns: ['name'] }],
      checks: [{ name: 'maker_size_check', expression: textExpression('"size" > 0') }],
      indexes: [{ name: 'maker_size', keys: [{ column: 'size' }], unique: false, where: textExpression('"size" > 1') }],
    },
    {
      ...plain,
      name: 'part',
      columns: [id, { name: 'maker', type: { kind: 'bigint' }, nullable: false }],
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
      query: textExpression('select "name" from "maker" where "size" > 5'),
      columns: [{ name: 'name', type: { kind: 'text' }, nullable: true }],
      materialized: false,
    },
  ],
  raw: [
    {
      type: 'trigger',
      name: 'big_new',
      table: 'big',
      stage: 'after-tables',
      create: {
        sqlite: `CREATE TRIGGER "big_new" instead of insert on "big" begin insert into "maker" ("name") values (new."name"); end`,
      },
      drop: { sqlite: 'drop trigger "big_new"' },
    },
    {
      type: 'trigger',
      name: 'part_new',
      table: 'part',
      stage: 'after-tables',
      create: {
        sqlite: `CREATE TRIGGER "part_new" after insert on "part" begin update "maker" set "size" = 9 where "id" = new."maker"; end`,
      },
      drop: { sqlite: 'drop trigger "part_new"' },
    },
  ],
};

const rows = `insert into maker (id, name, size, mood) values (1, 'Anna', 3, 'good'), (5, 'Berta', null, 'bad');
  insert into part (id, maker) values (1, 1), (2, 5); update maker set size = 3 where id = 1; update maker set size = null where id = 5`;

const [bigView] = shop.views;
const [bigNew] = shop.raw;
const makerTable = findTable(shop, maker);
const [foreignKey] = findTable(shop, part)?.foreignKeys ?? [];
const [check] = makerTable?.checks ?? [];
const [index] = makerTable?.indexes ?? [];
if (!bigView || !bigNew || !foreignKey || !check || !index) throw new Error('the shop has one of each');

const changes: readonly Change[] = [
  { kind: 'alter-column', table: maker, column: { ...size, type: { kind: 'text' } } },
  { kind: 'alter-column', table: maker, column: { ...size, default: { kind: 'literal', value: 7 } } },
  { kind: 'alter-column', table: part, column: { name: 'maker', type: { kind: 'integer' }, nullable: true } },
  { kind: 'set-primary-key', table: part, primaryKey: { name: 'part_pk', columns: ['id'] } },
  { kind: 'alter-unique', table: maker, unique: { name: 'maker_name_key', columns: ['name', 'size'] } },
  { kind: 'alter-check', table: maker, check: { ...check, expression: textExpression('"size" > 2') } },
  { kind: 'alter-foreign-key', table: part, foreignKey: { ...foreignKey, onDelete: 'restrict' } },
  { kind: 'alter-index', table: maker, index: { ...index, unique: true } },
  { kind: 'rename-index', table: maker, name: 'maker_size', to: 'maker_sizes' },
  { kind: 'rename-constraint', table: maker, name: 'maker_name_key', to: 'maker_names' },
  { kind: 'rename-table', table: part, to: 'piece' },
  { kind: 'rename-column', table: maker, column: 'mood', to: 'temper' },
  { kind: 'set-table-options', table: part, options: { strict: true } },
  { kind: 'alter-enum', enum: { name: 'maker_mood', values: ['good', 'bad', 'sad'] } },
  { kind: 'rename-enum-value', enum: { name: 'maker_mood' }, value: 'bad', to: 'grim' },
  { kind: 'alter-view', view: { ...bigView, query: textExpression('select "name" from "maker" where "size" > 6') } },
  { kind: 'rename-view', view: { name: 'big' }, to: 'large' },
  {
    kind: 'alter-raw',
    object: { ...bigNew, create: { sqlite: `${bigNew.create['sqlite']?.replace('new."name"', `new."name" || '!'`)}` } },
  },
  { kind: 'add-unique', table: part, unique: { name: 'part_maker_key', columns: ['maker'] } },
  { kind: 'drop-unique', table: maker, name: 'maker_name_key' },
  { kind: 'add-foreign-key', table: part, foreignKey: { ...foreignKey, name: 'part_other_fkey' } },
  { kind: 'drop-foreign-key', table: part, name: 'part_maker_fkey' },
  { kind: 'add-check', table: part, check: { name: 'part_check', expression: textExpression('"maker" > 0') } },
  { kind: 'add-check', table: maker, check: { name: 'maker_size_most', expression: textExpression('"size" < 99') } },
  { kind: 'drop-check', table: maker, name: 'maker_size_check' },
  {
    kind: 'add-column',
    table: maker,
    column: {
      name: 'long',
      type: { kind: 'text' },
      nullable: true,
      generated: { expression: textExpression('upper("name")'), stored: true },
    },
  },
  {
    kind: 'add-column',
    table: maker,
    column: { name: 'born', type: { kind: 'timestamp', precision: 0 }, nullable: false, default: { kind: 'now' } },
  },
];

describeServers(['sqlite'], 'a change of what stays', (server) => {
  test.each(changes)('$kind is what the catalog says afterwards, and no row is lost', async (change) => {
    await using database = await sqliteDatabase(server, '');
    await make(database, shop);
    await database.connection.script(rows);
    const before = await database.dialect.inspector.inspect(database.connection);
    const after = applyChange(change, before);

    await runInMode(database, database.dialect.definition.compile(change, before));

    const seen = await database.dialect.inspector.inspect(database.connection);
    expect(unnamedEnums(seen)).toEqual(unnamedEnums(after));
    expect(await database.rows('select id, lower(name) from maker order by id')).toEqual([
      [1, 'anna'],
      [5, 'berta'],
    ]);
    expect(
      await database.rows(`select count(*) from ${findTable(seen, part) === undefined ? 'piece' : 'part'}`),
    ).toEqual([[2]]);
    expect(await database.rows('pragma foreign_key_check')).toEqual([]);
  });

  test('checks change on every version of SQLite', async () => {
    await using database = await sqliteDatabase(server, '');
    await make(database, shop);
    await database.connection.script(rows);
    const change: Change = { kind: 'drop-check', table: maker, name: 'maker_size_check' };

    await runInMode(database, sqliteDefinition({ altersChecks: false }).compile(change, shop));

    await database.connection.script('update maker set size = 0');
    expect(await database.rows('select size from maker')).toEqual([[0], [0]]);
  });

  test('old values become new ones as the change says', async () => {
    await using database = await sqliteDatabase(server, '');
    await make(database, shop);
    await database.connection.script(rows);
    const using = textExpression(`case when "size" is null then 'none' else 'some' end`);

    await runInMode(
      database,
      database.dialect.definition.compile(
        { kind: 'alter-column', table: maker, column: { ...size, type: { kind: 'text' } }, using },
        { ...shop, tables: shop.tables.map((table) => ({ ...table, checks: [] })) },
      ),
    );

    expect(await database.rows('select size from maker order by id')).toEqual([['some'], ['none']]);
  });

  test('a renamed value is renamed in the rows', async () => {
    await using database = await sqliteDatabase(server, '');
    await make(database, shop);
    await database.connection.script(rows);

    await runInMode(
      database,
      database.dialect.definition.compile(
        { kind: 'rename-enum-value', enum: { name: 'maker_mood' }, value: 'bad', to: 'grim' },
        shop,
      ),
    );

    expect(await database.rows('select mood from maker order by id')).toEqual([['good'], ['grim']]);
  });

  const inTheWay: readonly (readonly [string, Change, readonly unknown[]])[] = [
    ['have no size', { kind: 'alter-column', table: maker, column: { ...size, nullable: false } }, [[1, 5]]],
    [
      'have no size',
      {
        kind: 'alter-column',
        table: maker,
        column: { ...size, nullable: false, default: { kind: 'literal', value: 7 } },
      },
      [[1, 5]],
    ],
    [
      'are not alone with their size',
      { kind: 'add-unique', table: maker, unique: { name: 'maker_size_key', columns: ['size'] } },
      [
        [2, 1],
        [2, 7],
      ],
    ],
    [
      'break maker_size_check',
      { kind: 'alter-check', table: maker, check: { ...check, expression: textExpression('"size" > 3') } },
      [
        [2, 1],
        [2, 7],
      ],
    ],
    ['break maker_mood_enum', { kind: 'alter-enum', enum: { name: 'maker_mood', values: ['good'] } }, [[1, 5]]],
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
      [
        [2, 1],
        [2, 7],
      ],
    ],
  ];

  test.each(inTheWay)('rows that %s are found before anything runs', async (problem, change, found) => {
    await using database = await sqliteDatabase(server, '');
    await make(database, shop);
    await database.connection.script(`${rows}; insert into maker (id, name, size, mood) values (7, 'Cora', 3, 'good')`);

    const prechecks = database.dialect.definition
      .compile(change, shop)
      .flatMap((statement) => statement.prechecks ?? []);

    expect(prechecks.map((precheck) => precheck.problem)).toEqual([problem]);
    expect(await database.rows(prechecks[0]?.sql ?? '')).toEqual(found);
  });

  test('what SQLite does not see is no statement', () => {
    const silent: readonly Change[] = [
      { kind: 'set-table-comment', table: maker, comment: 'who makes' },
      { kind: 'rename-enum', enum: { name: 'maker_mood' }, to: 'temper' },
      { kind: 'alter-column', table: maker, column: { ...size, comment: 'in metres' } },
    ];

    const compiled = silent.map((change) => sqliteDefinition({ altersChecks: true }).compile(change, shop));

    expect(compiled).toEqual([[], [], []]);
  });

  test('a table that others refer to is dropped with references switched off', () => {
    const compile = ({ name }: typeof maker): unknown =>
      sqliteDefinition({ altersChecks: true }).compile({ kind: 'drop-table', table: { name } }, shop);

    expect(compile(maker)).toEqual([{ sql: 'drop table "maker"', transactional: true, rebuilds: true }]);
    expect(compile(part)).toEqual([{ sql: 'drop table "part"', transactional: true }]);
  });
});

/** SQLite keeps no name of an enum: the inspector makes one up from the table and the column. */
function unnamedEnums(catalog: Catalog): unknown {
  return JSON.parse(JSON.stringify(catalog).replaceAll(/"(?:maker_mood|maker_temper)"/g, '"enum"'));
}
