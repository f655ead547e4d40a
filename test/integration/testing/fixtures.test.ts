import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sql } from '../../../src/sql/sql.ts';
import { loadFixtures, schemaDatabase, type SchemaDatabase } from '../../../src/testing/index.ts';
import { describeEachServer } from '../../servers/describe-each-server.ts';
import * as schema from '../seed/library.ts';

const fixtures = join(import.meta.dirname, '../seed/fixtures/flat');

describeEachServer('tests with fixtures', (server) => {
  let shop: SchemaDatabase;
  beforeEach(async () => {
    shop = await schemaDatabase(server, schema, {
      seedKey: 'flat fixtures',
      seed: async (database) => void (await loadFixtures(database, fixtures, schema)),
      settings: (settings) => ({ ...settings, pool: { ...settings.pool, disabled: true } }),
    });
  });
  afterEach(async () => await shop[Symbol.asyncDispose]());

  // The same test twice: the second would fail if anything of the first were left.
  test.each(['first', 'second'])(
    'the %s begins with new tables and the fixtures, whatever the other did',
    async (which) => {
      const roles = shop.database.repository(schema.roles);
      const before = await roles.count();

      await roles.insert({ name: which });
      await shop.database.repository(schema.users).deleteWhere('all');

      expect(before).toBe(2);
      expect(await roles.count()).toBe(3);
    },
  );

  test('may go without a pool: nothing stays open between statements', async () => {
    await shop.database.read.query(sql`select 1`);

    const metrics = shop.database.metrics().read ?? shop.database.metrics().write;

    expect(metrics).toMatchObject({ idle: 0, inUse: 0 });
  });
});
