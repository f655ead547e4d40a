import { expect, test } from 'vitest';
import { factory, schemaDatabase } from '../../../src/testing/index.ts';
import { describeEachServer } from '../../servers/describe-each-server.ts';
import { people, shop } from '../repository/shop.ts';

const personFactory = factory(people, (number) => ({ email: `person${number}@example.org` }));

describeEachServer('a database with a schema in it', (server) => {
  test('is nobody else’s, and factories fill it with valid rows', async () => {
    await using first = await schemaDatabase(server, shop);
    await using second = await schemaDatabase(server, shop);

    const rows = await personFactory.createMany(first.database, 3, { age: 7 });
    const one = await personFactory.create(first.database, { nickname: 'one' });

    expect(new Set(rows.map(({ email }) => email)).size).toBe(3);
    expect(one).toMatchObject({ nickname: 'one', age: null });
    expect(await first.database.repository(people).count({ age: 7 })).toBe(3);
    expect(await second.database.repository(people).count()).toBe(0);
  });
});
