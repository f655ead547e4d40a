import { expect, test } from 'vitest';

import type { Catalog } from '../../../src/catalog/model/catalog.ts';
import { emptyCatalog } from '../../../src/catalog/model/catalog.ts';
import type { Column } from '../../../src/catalog/model/column.ts';
import { textExpression } from '../../../src/catalog/model/expression.ts';
import type { Table } from '../../../src/catalog/model/table.ts';
import type { Change } from '../../../src/catalog/change/change.ts';
import { invertChanges } from '../../../src/catalog/change/invert.ts';
import type { Dialect } from '../../../src/dialect/dialect.ts';
import { describeEachServer } from '../../servers/describe-each-server.ts';
import { make, makeChanges, openConnection } from './open-connection.ts';
import { typeCases } from './type-cases.ts';

describeEachServer('a catalog', (server) => {
  test('is reported as it was defined', async () => {
    await using database = await server.database();
    await using open = await openConnection(database.url);
    const defined = shop(open.dialect);

    await make(open, defined);

    const reported = await open.dialect.inspector.inspect(open.connection);
    expect(outline(reported, open.dialect)).toEqual(outline(defined, open.dialect));
    expect(reported.raw).toEqual([]);
  });

  test('made again from what was reported is reported the same', async () => {
    await using original = await server.database();
    await using copy = await server.database();
    await using first = await openConnection(original.url);
    await using second = await openConnection(copy.url);
    await make(first, shop(first.dialect));
    const reported = await first.dialect.inspector.inspect(first.connection);

    await make(second, reported);

    expect(await second.dialect.inspector.inspect(second.connection)).toEqual(reported);
  });

  test('leaves nothing when all that made it is undone', async () => {
    await using database = await server.database();
    await using open = await openConnection(database.url);
    const empty = await open.dialect.inspector.inspect(open.connection);
    await make(open, shop(open.dialect));
    const reported = await open.dialect.inspector.inspect(open.connection);
    const drops: readonly Change[] = [
      ...reported.views.toReversed().map((view): Change => ({ kind: 'drop-view', view })),
      ...reported.tables.toReversed().map((table): Change => ({ kind: 'drop-table', table })),
      ...reported.enums.map((type): Change => ({ kind: 'drop-enum', enum: type })),
    ];

    const foreignKeys = open.dialect.definition.inlineForeignKeys ? [] : dropForeignKeys(reported);
    await makeChanges(open, [...foreignKeys, ...drops], reported);

    expect(await open.dialect.inspector.inspect(open.connection)).toEqual(empty);
  });

  test('changes and changes back column by column', async () => {
    await using database = await server.database();
    await using open = await openConnection(database.url);
    const before = shop(open.dialect);
    await make(open, before);
    const reported = await open.dialect.inspector.inspect(open.connection);
    const table = { name: 'author' };
    const changes: readonly Change[] = [
      { kind: 'add-column', table, column: { name: 'motto', type: { kind: 'varchar', length: 40 }, nullable: true } },
      {
        kind: 'add-column',
        table,
        column: { name: 'rank', type: { kind: 'integer' }, nullable: false, default: { kind: 'literal', value: 0 } },
      },
      { kind: 'create-index', table, index: { name: 'author_motto_idx', keys: [{ column: 'motto' }], unique: false } },
    ];

    const after = await makeChanges(open, changes, before);
    const changed = await open.dialect.inspector.inspect(open.connection);
    await makeChanges(open, invertChanges(changes, before), after);

    expect(outline(changed, open.dialect)).toEqual(outline(after, open.dialect));
    expect(await open.dialect.inspector.inspect(open.connection)).toEqual(reported);
  });

  test('with tables left out is reported without them', async () => {
    await using database = await server.database();
    await using open = await openConnection(database.url);
    await make(open, shop(open.dialect));

    const reported = await open.dialect.inspector.inspect(open.connection, { exclude: ['author', 'book'] });

    expect(reported.tables.map(({ name }) => name)).toEqual(['every_type']);
  });

  test('answers what is there', async () => {
    await using database = await server.database();
    await using open = await openConnection(database.url);
    await make(open, shop(open.dialect));
    const holds = async (kind: 'table' | 'column' | 'index', name: string, table?: string): Promise<boolean> =>
      await open.dialect.inspector.holds(open.connection, {
        question: 'exists',
        object: table === undefined ? { kind, name } : { kind, name, table },
      });

    expect(await holds('table', 'author')).toBe(true);
    expect(await holds('table', 'nobody')).toBe(false);
    expect(await holds('column', 'name', 'author')).toBe(true);
    expect(await holds('column', 'name', 'book')).toBe(false);
    expect(await holds('index', 'book_author_idx', 'book')).toBe(true);
    expect(await holds('index', 'no_idx', 'book')).toBe(false);
  });
});

/** Two tables with what every engine has, and one with a column of each type that this one has. */
function shop(dialect: Dialect): Catalog {
  return { ...emptyCatalog, tables: [author, book, everyType(dialect)] };
}

const author: Table = {
  name: 'author',
  columns: [
    { name: 'id', type: { kind: 'bigint' }, nullable: false, identity: { generation: 'by-default' } },
    { name: 'name', type: { kind: 'varchar', length: 50 }, nullable: false },
    {
      name: 'select',
      type: { kind: 'varchar', length: 20 },
      nullable: false,
      default: { kind: 'literal', value: `it's "1" \\ x` },
    },
    { name: 'active', type: { kind: 'boolean' }, nullable: false, default: { kind: 'literal', value: true } },
    {
      name: 'balance',
      type: { kind: 'decimal', precision: 10, scale: 2 },
      nullable: false,
      default: { kind: 'literal', value: '0.50' },
    },
    { name: 'age', type: { kind: 'integer' }, nullable: true, default: { kind: 'literal', value: -1 } },
    { name: 'seen', type: { kind: 'timestamp', precision: 3 }, nullable: false, default: { kind: 'now' } },
  ],
  primaryKey: { columns: ['id'] },
  uniques: [{ name: 'author_name_age_key', columns: ['name', 'age'] }],
  foreignKeys: [],
  checks: [
    {
      name: 'author_age_check',
      expression: {
        parts: [
          { kind: 'name', name: 'age' },
          { kind: 'text', text: ' < 200' },
        ],
      },
    },
  ],
  indexes: [
    { name: 'author_seen_idx', keys: [{ column: 'seen' }, { column: 'name' }], unique: false },
    { name: 'author_select_idx', keys: [{ column: 'select', order: 'desc' }], unique: false },
  ],
};

const book: Table = {
  name: 'book',
  columns: [
    { name: 'shelf', type: { kind: 'integer' }, nullable: false },
    { name: 'place', type: { kind: 'integer' }, nullable: false },
    { name: 'author_id', type: { kind: 'bigint' }, nullable: true },
    { name: 'title', type: { kind: 'varchar', length: 200 }, nullable: false },
    {
      name: 'double_place',
      type: { kind: 'integer' },
      nullable: true,
      generated: {
        expression: {
          parts: [
            { kind: 'name', name: 'place' },
            { kind: 'text', text: ' * 2' },
          ],
        },
        stored: true,
      },
    },
  ],
  primaryKey: { columns: ['place', 'shelf'] },
  uniques: [],
  foreignKeys: [
    {
      name: 'book_author_fkey',
      columns: ['author_id'],
      references: { name: 'author', columns: ['id'] },
      onDelete: 'cascade',
      onUpdate: 'no-action',
    },
  ],
  checks: [],
  indexes: [{ name: 'book_author_idx', keys: [{ column: 'author_id' }], unique: false }],
};

/** Enums stand apart: engines without named types name them after the column. */
function everyType(dialect: Dialect): Table {
  const types = typeCases
    .map(({ type }) => type)
    .filter(
      (type) => type.kind !== 'enum' && type.kind !== 'vector' && !(type.kind === 'array' && type.of.kind === 'enum'),
    )
    .filter((type) => dialect.types.unsupported(type) === undefined);
  return {
    name: 'every_type',
    columns: [
      { name: 'id', type: { kind: 'integer' }, nullable: false },
      ...types.map((type, index): Column => ({ name: `c${index}`, type, nullable: true })),
    ],
    primaryKey: { columns: ['id'] },
    uniques: [],
    foreignKeys: [],
    checks: [],
    indexes: [],
  };
}

function dropForeignKeys(catalog: Catalog): readonly Change[] {
  return catalog.tables.flatMap(({ foreignKeys, name }) =>
    foreignKeys.map((key): Change => ({ kind: 'drop-foreign-key', table: { name }, name: key.name })),
  );
}

/** What must agree between a definition and a report: expressions only in being there, names of primary keys not at all. */
function outline(catalog: Catalog, dialect: Dialect): unknown {
  const expression = textExpression('…');
  return catalog.tables.map((table) => ({
    name: table.name,
    columns: table.columns.map((column) => ({
      ...column,
      type: dialect.types.canonical(column.type),
      ...(column.generated === undefined ? {} : { generated: { ...column.generated, expression } }),
    })),
    primaryKey: table.primaryKey?.columns,
    uniques: table.uniques,
    foreignKeys: table.foreignKeys,
    checks: table.checks.map(({ name }) => name),
    indexes: table.indexes.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
  }));
}
