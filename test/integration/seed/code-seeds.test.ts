import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadFixtures } from '../../../src/seed/load-fixtures.ts';
import { runSeeds } from '../../../src/seed/run-seeds.ts';
import { runSeedModule } from '../../../src/seed/run-seed-module.ts';
import { schemaDatabase } from '../../../src/testing/schema/schema-database.ts';
import { describeEachServer } from '../../servers/describe-each-server.ts';
import * as schema from './library.ts';
import { seedDirectory } from './seed-directory.ts';

const { roles, users } = schema;
const directory = join(import.meta.dirname, 'fixtures');

describeEachServer('seeds in TypeScript', (server) => {
  test('are rows that the compiler checks, or functions in the same transaction', async () => {
    await using shop = await schemaDatabase(server, schema);

    const report = await runSeeds(shop.database, {
      schema,
      directory: join(directory, 'seeds'),
      environment: 'staging',
    });

    expect(report.applied.map(({ file }) => file)).toEqual([
      'essential/roles.ts',
      'essential/users.ts',
      'staging/rename.ts',
    ]);
    const ada = await shop.database.repository(users).getBy({ email: 'ada@example.org' });
    expect(ada.displayName).toBe('Ada of staging');
    expect(ada.roleId).toBe((await shop.database.repository(roles).getBy({ name: 'admin' })).id);
  });

  test('a function that fails takes everything back', async () => {
    await using shop = await schemaDatabase(server, schema);
    await using seeds = await seedDirectory({
      'essential/role.json': [{ name: 'admin' }],
      'essential/zz.mjs': `export default async ({ repository, environment }) => { throw new Error('stop in ' + environment); };`,
    });

    const run = runSeeds(shop.database, { schema, directory: seeds.path, environment: 'production' });

    await expect(run).rejects.toThrow('stop in production');
    expect(await shop.database.repository(roles).count()).toBe(0);
  });

  test('one export of a module runs by itself', async () => {
    await using shop = await schemaDatabase(server, schema);
    const path = join(directory, 'scripts.ts');

    await runSeedModule(shop.database, {
      schema,
      environment: 'testing',
      path,
      file: 'scripts.ts',
      exportName: 'addGuest',
    });

    expect((await shop.database.repository(roles).list()).map(({ name }) => name)).toEqual(['guest']);
  });

  test('fixtures are loaded into their tables each time', async () => {
    await using shop = await schemaDatabase(server, schema);

    await loadFixtures(shop.database, join(directory, 'flat'), schema);
    const again = await loadFixtures(shop.database, join(directory, 'flat'), schema);

    expect(again).toEqual([
      { file: 'role.json', rows: 2 },
      { file: 'auth_user.csv', rows: 1 },
    ]);
    expect(await shop.database.repository(roles).count()).toBe(2);
  });
});
