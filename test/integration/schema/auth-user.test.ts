import { expect, test } from 'vitest';
import { boolean, integer, table, text, timestamp } from '../../../src/index.ts';
import { connect } from '../../../src/connect/connect.ts';
import { localSettings, schemaDatabase } from '../../../src/testing/schema/schema-database.ts';
import { describeEachServer } from '../../servers/describe-each-server.ts';

const users = table('auth_user', {
  id: integer().identity().primaryKey(),
  email: text({ max: 255 }).unique(),
  password: text({ max: 255 }).null(),
  active: boolean().default(true),
  fsUniquifier: text({ max: 64 }).null().unique(),
  confirmedAt: timestamp().null(),
});

describeEachServer('the table of users', (server) => {
  test('numbers its rows, is active unless said otherwise, and has each e-mail address once', async () => {
    await using shop = await schemaDatabase(server, { users });
    const rows = shop.database.repository(users);

    const ada = await rows.insert({ email: 'ada@example.org', fsUniquifier: 'a', confirmedAt: '2026-11-21T13:45:00' });

    expect(ada).toMatchObject({ id: 1, active: true, password: null, fsUniquifier: 'a' });
    expect(ada.confirmedAt).toMatch(/^2026-11-21T13:45:00/);
    await expect(rows.insert({ email: 'ada@example.org' })).rejects.toMatchObject({ code: 'UNIQUE_VIOLATION' });
    await expect(rows.insert({ email: 'bob@example.org', fsUniquifier: 'a' })).rejects.toMatchObject({
      code: 'UNIQUE_VIOLATION',
    });
    await expect(rows.insert({ email: null } as never)).rejects.toMatchObject({ code: 'NOT_NULL_VIOLATION' });
    await expect(rows.insert({ email: 'x'.repeat(256) })).rejects.toMatchObject({ code: 'VALUE_INVALID' });
  });

  test('is left as it is by every service that connects, and not made by one', async () => {
    await using shop = await schemaDatabase(server, { users });
    await shop.database.repository(users).insert({ email: 'ada@example.org' });
    await using empty = await server.database();

    await using again = await connect({ users }, localSettings(shop.url));
    await using nothing = await connect({ users }, localSettings(empty.url));

    expect(await again.repository(users).count()).toBe(1);
    await expect(nothing.repository(users).count()).rejects.toMatchObject({ code: 'OBJECT_MISSING' });
  });
});
