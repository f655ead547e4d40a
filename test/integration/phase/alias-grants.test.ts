import { expect, test } from 'vitest';
import { upgrade } from '../../../src/migration/run/upgrade.ts';
import { id, sql } from '../../../src/sql/sql.ts';
import { describeServers } from '../../servers/describe-each-server.ts';
import { openBench } from '../migration/open-bench.ts';
import { first, history, table } from './people.ts';

describeServers(['postgresql'], 'the old name of a renamed table', (server) => {
  test('lets in whom the table lets in, to what it lets them', async () => {
    await using temporary = await server.database();
    await using bench = await openBench(temporary.url, history([{ kind: 'rename-table', table, to: 'customer' }]));
    const { database } = bench;
    await upgrade(bench.context, first.id);
    const role = `Clerk ${process.pid}`;
    await database.execute(sql`create role ${id(role)}`);
    await database.execute(sql`grant select, insert on person to ${id(role)} with grant option`);
    await database.execute(sql`grant update (mood) on person to ${id(role)}`);

    await upgrade(bench.with(bench.context.graph.ordered, { phase: 'expand' }));

    const rights = await database.query(sql`select
      has_table_privilege(${role}, 'person', 'select, insert with grant option') as "reads",
      has_table_privilege(${role}, 'person', 'delete') as "deletes",
      has_column_privilege(${role}, 'person', 'mood', 'update') as "cheers",
      has_column_privilege(${role}, 'person', 'name', 'update') as "renames"`);
    await database.execute(sql`drop owned by ${id(role)}`);
    await database.execute(sql`drop role ${id(role)}`);
    expect(rights.map((row) => Object.values(row).map((value) => String(value)[0]))).toEqual([['t', 'f', 't', 'f']]);
  });
});
