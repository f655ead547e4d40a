import { expect, test } from 'vitest';
import { boolean, integer, sql, table, text } from '../../../src/index.ts';
import { schemaDatabase } from '../../../src/testing/schema/schema-database.ts';
import { describeEachServer } from '../../servers/describe-each-server.ts';

const users = table('app_user', { id: integer().primaryKey(), email: text({ max: 80 }), active: boolean() });

describeEachServer('SQL written by hand', (server) => {
  test('takes parameters by name', async () => {
    await using shop = await schemaDatabase(server, { users });
    const { database } = shop;
    await database.repository(users).insertMany([
      { id: 1, email: 'ada@example.org', active: true },
      { id: 2, email: ':active', active: false },
    ]);

    const changed = await database.execute(
      sql.named("update app_user set email = :email where active = :active and email <> ':active'", {
        email: 'ada@example.net',
        active: true,
      }),
    );
    const rows = await database.query(
      sql.named('select email from app_user where active = :active or id = :id order by id', { active: false, id: 1 }),
    );

    expect(changed).toBe(1);
    expect(rows).toEqual([{ email: 'ada@example.net' }, { email: ':active' }]);
  });
});
