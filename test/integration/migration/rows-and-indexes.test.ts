import { expect, test } from 'vitest';
import type { LoadedRevision } from '../../../src/migration/revision/revision.ts';
import { downgrade, upgrade } from '../../../src/migration/run/upgrade.ts';
import { sql } from '../../../src/sql/sql.ts';
import { describeEachServer } from '../../servers/describe-each-server.ts';
import { addColumn, createTable, revision } from './history.ts';
import { openBench } from './open-bench.ts';

/** A table, many rows at once, and an index over two columns: each can be taken back. */
const revisions: readonly LoadedRevision[] = [
  revision('table', [], [createTable('role'), addColumn('role', 'label')]),
  revision(
    'rows',
    ['table'],
    [
      {
        kind: 'raw-sql',
        up: { any: "insert into role (id, label) values (1, 'admin'), (2, 'user'), (3, 'guest')" },
        down: { any: 'delete from role where id in (1, 2, 3)' },
      },
    ],
  ),
  revision(
    'index',
    ['rows'],
    [
      {
        kind: 'create-index',
        table: { name: 'role' },
        index: { name: 'ix_role_label_id', keys: [{ column: 'label' }, { column: 'id' }], unique: false },
      },
    ],
  ),
];

describeEachServer('rows and indexes of a revision', (server) => {
  test('are made in bulk and by name, and taken back', async () => {
    await using temporary = await server.database();
    await using bench = await openBench(temporary.url, revisions);
    const { database, context } = bench;
    const labels = async (): Promise<readonly unknown[]> =>
      (await database.query(sql`select label from role order by id`)).map(({ label }) => label);
    const indexes = async (): Promise<unknown> =>
      (await bench.inspect()).tables.flatMap(({ indexes: all }) =>
        all.map(({ name, keys }) => [name, keys.map((key) => ('column' in key ? key.column : key))]),
      );

    await upgrade(context);
    const made = [await labels(), await indexes()];
    await downgrade(context, 'table');

    expect(made).toEqual([['admin', 'user', 'guest'], [['ix_role_label_id', ['label', 'id']]]]);
    expect([await labels(), await indexes()]).toEqual([[], []]);
  });
});
