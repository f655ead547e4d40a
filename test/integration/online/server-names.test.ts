import { expect, test } from 'vitest';
import { serverNames, type NamedIndex } from '../../../src/dialects/postgres/parts/server-names.ts';
import { postgresText } from '../../../src/dialects/postgres/text.ts';
import { describeServers } from '../../servers/describe-each-server.ts';
import { openConnection, type OpenConnection } from '../dialects/open-connection.ts';

const names = {
  'short names': { table: 'part', columns: ['a', 'b'] },
  'names that need quotes': { table: 'My "part"', columns: ['Größe', 'b c'] },
  'a long table': { table: 'p'.repeat(63), columns: ['a'] },
  'a long column': { table: 'p', columns: ['c'.repeat(63), 'd'] },
  'both long': { table: 'p'.repeat(50), columns: ['c'.repeat(40), 'd'.repeat(20)] },
  'characters of several bytes': { table: 'größenordnung_'.repeat(4), columns: ['überschrift_'.repeat(3), 'ä'] },
  'characters of four bytes': { table: '🗂'.repeat(15), columns: [`a${'🖇'.repeat(14)}`] },
  'more columns than a name holds': {
    table: 'part',
    columns: ['first_column_of_many', 'second_column_of_many', 'third_column_of_many', 'fourth_column_of_many'],
  },
};

describeServers(
  ['postgresql-15', 'postgresql-18'],
  'the name that the server gives to the index of a partition',
  (server) => {
    test.each(Object.entries(names))('is known beforehand: %s', async (_title, { table, columns }) => {
      await using temporary = await server.database();
      await using open = await openConnection(temporary.url);
      const name = table;
      await makeTable(open, name, columns);

      for (const kind of ['index', 'index', 'unique', 'unique', 'primary key'] as const)
        await addIndex(open, columns, kind);

      const known = (kind: NamedIndex['kind'], count: number): readonly string[] =>
        serverNames({ table: name, columns, kind }).slice(0, count);
      expect(await indexesOf(open, name)).toEqual(
        [...known('index', 2), ...known('unique', 2), ...known('primary key', 1)].toSorted(),
      );
    });
  },
);

async function makeTable({ connection }: OpenConnection, name: string, columns: readonly string[]): Promise<void> {
  const list = columns.map((column) => `${postgresText.name(column)} int not null`).join(', ');
  await connection.script(`create table whole (${list}) partition by hash (${postgresText.name(columns[0] ?? '')});
    create table ${postgresText.name(name)} partition of whole for values with (modulus 1, remainder 0)`);
}

async function addIndex(
  { connection }: OpenConnection,
  columns: readonly string[],
  kind: NamedIndex['kind'],
): Promise<void> {
  const list = columns.map((column) => postgresText.name(column)).join(', ');
  await connection.script(
    kind === 'index' ? `create index on whole (${list})` : `alter table whole add ${kind} (${list})`,
  );
}

async function indexesOf({ connection }: OpenConnection, table: string): Promise<readonly string[]> {
  const sql = `select i.relname from pg_index x join pg_class i on i.oid = x.indexrelid join pg_class t on t.oid = x.indrelid
    where t.relname = $1`;
  return (await connection.run({ sql }, [table])).rows.map(([name]) => String(name)).toSorted();
}
