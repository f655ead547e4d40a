import { expect, test } from 'vitest';
import { boolean, integer, json, sql, table, text } from '../../../src/index.ts';
import { schemaDatabase } from '../../../src/testing/schema/schema-database.ts';
import { describeEachServer } from '../../servers/describe-each-server.ts';

const users = table('app_user', {
  id: integer().primaryKey(),
  email: text({ max: 80 }),
  active: boolean(),
  meta: json().null(),
});

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

  test('takes a list of values, and no array in its place', async () => {
    await using shop = await schemaDatabase(server, { users });
    const { database } = shop;
    const emails = ['ada@x', 'bob@x', 'cyd@x'];
    await database.repository(users).insertMany(emails.map((email, at) => ({ id: at + 1, email, active: true })));

    const wrong = database.query(sql`select email from app_user where id in (${[1, 3]})`);
    await expect(wrong).rejects.toMatchObject({ code: 'USAGE', message: 'an array is no value of SQL' });
    const found = await database.query(
      sql`select email from app_user where id in (${sql.list([1, 3])}) and email in (${sql.list(emails)}) order by id`,
    );

    expect(found).toEqual([{ email: 'ada@x' }, { email: 'cyd@x' }]);
  });

  test('takes a plain object as a JSON document, and an array as its text', async () => {
    await using shop = await schemaDatabase(server, { users });
    const { database } = shop;

    await database.execute(
      sql`insert into app_user (id, email, active, meta) values (1, 'a', ${true}, ${{ stars: 4 }}), (2, 'b', ${true}, ${JSON.stringify([1, 2])})`,
    );

    const rows = await database.repository(users).list({ order: ['id'] });
    expect(rows.map(({ meta }) => meta)).toEqual([{ stars: 4 }, [1, 2]]);
  });
});
