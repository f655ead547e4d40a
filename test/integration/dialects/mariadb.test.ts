import { expect, test } from 'vitest';
import { textExpression } from '../../../src/catalog/model/expression.ts';
import { describeServers } from '../../servers/describe-each-server.ts';
import { column, create, open, tableOf } from './mysql-family.ts';

describeServers(['mariadb'], 'the MariaDB dialect', (server) => {
  test('a sequence comes back as it was defined', async () => {
    await using database = await server.database();
    await using on = await open(database);
    const sequences = [
      { name: 'down', start: '100', increment: '-5', minimum: '-1000', maximum: '200', cycle: true },
      { name: 'plain' },
    ];

    const made = await on.make(sequences.map((sequence) => ({ kind: 'create-sequence', sequence })));

    expect((await on.inspect()).sequences).toEqual(sequences);
    await on.make([{ kind: 'drop-sequence', sequence: { name: 'plain' } }], made);
    expect((await on.inspect()).sequences.map(({ name }) => name)).toEqual(['down']);
  });

  test('a generated column that is not null stays so, and can be dropped', async () => {
    await using database = await server.database();
    await using on = await open(database);
    const doubled = { expression: textExpression('`n` * 2'), stored: true };
    const n = column('n', { kind: 'integer' }, { nullable: true });
    const made = await on.make(create(tableOf('t', [n])));
    const added = column('double_n', { kind: 'integer' }, { generated: doubled });

    const grown = await on.make([{ kind: 'add-column', table: { name: 't' }, column: added }], made);

    await expect(on.rows('insert into t (id, n) values (1, null)')).rejects.toThrow();
    const [table] = (await on.inspect()).tables;
    expect(table?.columns.at(-1)).toEqual(added);
    expect(table?.checks).toEqual([]);
    await on.make([{ kind: 'drop-column', table: { name: 't' }, column: 'double_n' }], grown);
    expect((await on.inspect()).tables[0]?.columns).toHaveLength(2);
  });

  test('inserts and deletes give back their rows', async () => {
    await using database = await server.database();
    await using on = await open(database);
    await on.make(create(tableOf('t', [])));

    expect(on.dialect.queries.returning).toEqual({ insert: true, update: false, delete: true });
    expect(await on.rows('insert into t values (1), (2) returning id')).toEqual([[1], [2]]);
    expect(await on.rows('delete from t where id = 2 returning id')).toEqual([[2]]);
  });

  test('a system-versioned table is kept as SQL', async () => {
    await using database = await server.database();
    await using on = await open(database);
    await on.connection.script('create table kept (id int primary key) with system versioning');

    const { tables, raw } = await on.inspect();

    expect(tables).toEqual([]);
    expect(raw[0]).toMatchObject({ type: 'table', name: 'kept' });
    expect(raw[0]?.create['mariadb']).toContain('SYSTEM VERSIONING');
  });
});
