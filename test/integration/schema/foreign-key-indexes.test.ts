import { expect, test } from 'vitest';
import { applyChanges } from '../../../src/catalog/change/apply.ts';
import type { Change } from '../../../src/catalog/change/change.ts';
import type { Table } from '../../../src/catalog/model/table.ts';
import { emptyCatalog, findTable, sortByName } from '../../../src/catalog/model/catalog.ts';
import { describeServers } from '../../servers/describe-each-server.ts';
import { open } from '../dialects/mysql-family.ts';

const table = (name: string, columns: readonly string[]): Table => ({
  name,
  columns: columns.map((column) => ({ name: column, type: { kind: 'bigint' }, nullable: false })),
  primaryKey: { columns },
  uniques: [],
  checks: [],
  foreignKeys: [],
  indexes: [],
});

const part = { name: 'part' };
const shop: readonly Change[] = [
  { kind: 'create-table', table: table('maker', ['id']) },
  { kind: 'create-table', table: table('seller', ['id']) },
  { kind: 'create-table', table: table('place', ['id', 'shelf']) },
  {
    kind: 'create-table',
    table: { ...table('part', ['id']), columns: table('part', ['id', 'owner', 'shelf']).columns },
  },
];

const add = (name: string, to: string, ...columns: readonly string[]): Change => ({
  kind: 'add-foreign-key',
  table: part,
  foreignKey: {
    name,
    columns,
    references: { name: to, columns: ['id', 'shelf'].slice(0, columns.length) },
    onDelete: 'no-action',
    onUpdate: 'no-action',
  },
});
const drop = (name: string): Change => ({ kind: 'drop-foreign-key', table: part, name });
const [a, b, wide] = [add('a', 'maker', 'owner'), add('b', 'seller', 'owner'), add('c', 'place', 'owner', 'shelf')];

/** What is done to the keys of a table, and the indexes that are there then. */
const stories: readonly (readonly [string, readonly Change[], readonly string[]])[] = [
  ['a key that comes second', [a, b], ['a']],
  ['a key that comes first by its name', [b, a], ['a']],
  ['the key that lent its index goes', [a, b, drop('a')], ['b']],
  ['the key that shared an index goes', [a, b, drop('b')], ['a']],
  ['a key of more columns comes', [a, b, wide], ['c']],
  ['a key of more columns goes', [wide, a, b, drop('c')], ['a']],
  ['all of them go', [a, b, wide, drop('b'), drop('c'), drop('a')], []],
];

describeServers(['mysql', 'mariadb'], 'foreign keys that begin with the same column', (server) => {
  test.each(stories)('have one index, and the same whatever came before: %s', async (_title, changes, indexes) => {
    await using database = await server.database();
    await using on = await open(database);

    await on.make([...shop, ...changes], emptyCatalog);

    const [seen, said] = [await on.inspect(), applyChanges([...shop, ...changes], emptyCatalog)].map((catalog) =>
      findTable(catalog, part),
    );
    expect(sortByName(seen?.foreignKeys ?? [])).toEqual(sortByName(said?.foreignKeys ?? []));
    expect(seen?.indexes).toEqual([]);
    const found = await on.rows(
      `select distinct index_name from information_schema.statistics
        where table_schema = database() and table_name = 'part' and index_name <> 'PRIMARY' order by 1`,
    );
    expect(found.flat()).toEqual(indexes);
  });
});
