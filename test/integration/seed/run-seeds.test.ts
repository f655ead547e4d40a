import { expect, test } from 'vitest';
import { RowhouseError } from '../../../src/errors/rowhouse-error.ts';
import { createRepository } from '../../../src/repository/create-repository.ts';
import { appliedSeeds } from '../../../src/seed/record/seed-table.ts';
import { runSeeds } from '../../../src/seed/run-seeds.ts';
import { schemaDatabase } from '../../../src/testing/schema/schema-database.ts';
import { describeEachServer } from '../../servers/describe-each-server.ts';
import * as schema from './library.ts';
import { seedDirectory } from './seed-directory.ts';

const { pages, roles, things, users } = schema;

const roleSeed = {
  table: 'role',
  key: ['name'],
  rows: [
    { name: 'admin', isSystemRole: true },
    { name: 'user', is_system_role: true },
  ],
};

/** Named so that children come first in the directory. */
const userSeed = [{ email: 'ada@example.org', roleId: { $ref: 'role', name: 'admin' } }];

describeEachServer('seeds', (server) => {
  test('an environment gets the essential seeds and its own, parents before children', async () => {
    await using shop = await schemaDatabase(server, schema);
    await using seeds = await seedDirectory({
      'essential/a-users.json': { table: 'auth_user', rows: userSeed },
      'essential/z-roles.json': roleSeed,
      'development/role.json': [{ name: 'tester' }],
      'staging/role.json': [{ name: 'pilot' }],
    });

    const report = await runSeeds(shop.database, { schema, directory: seeds.path, environment: 'development' });

    expect(report.applied).toEqual([
      { file: 'essential/z-roles.json', rows: 2 },
      { file: 'essential/a-users.json', rows: 1 },
      { file: 'development/role.json', rows: 1 },
    ]);
    const names = (await shop.database.repository(roles).list({ order: ['name'] })).map(({ name }) => name);
    expect(names).toEqual(['admin', 'tester', 'user']);
    const ada = await shop.database.repository(users).getBy({ email: 'ada@example.org' });
    expect(ada.roleId).toBe((await shop.database.repository(roles).getBy({ name: 'admin' })).id);
  });

  test('an unchanged file is left out, a changed one applied again, and force applies all', async () => {
    await using shop = await schemaDatabase(server, schema);
    await using seeds = await seedDirectory({
      'essential/role.json': roleSeed,
      'essential/thing.csv': 'code,count\na,1\n',
    });
    const run = async (force = false): Promise<readonly string[]> => {
      const options = { schema, directory: seeds.path, environment: 'testing', force };
      return (await runSeeds(shop.database, options)).applied.map(({ file }) => file);
    };

    const first = await run();
    const second = await run();
    await seeds.write('essential/thing.csv', 'code,count\na,2\nb,3\n');
    const third = await run();
    const fourth = await run(true);

    expect([first, second, third, fourth]).toEqual([
      ['essential/role.json', 'essential/thing.csv'],
      [],
      ['essential/thing.csv'],
      ['essential/role.json', 'essential/thing.csv'],
    ]);
    expect(await shop.database.repository(roles).count()).toBe(2);
    expect((await shop.database.repository(things).list()).map(({ code, count }) => [code, count])).toEqual([
      ['a', 2],
      ['b', 3],
    ]);
    const record = await createRepository(appliedSeeds, shop.database).list({ order: ['file'] });
    expect(record.map(({ file, environment }) => [file, environment])).toEqual([
      ['essential/role.json', 'testing'],
      ['essential/thing.csv', 'testing'],
    ]);
  });

  test('a row that is there keeps its key and the columns that the seed does not give', async () => {
    await using shop = await schemaDatabase(server, schema);
    await using seeds = await seedDirectory({
      'essential/role.json': roleSeed,
      'essential/user.json': { table: 'auth_user', rows: userSeed },
    });
    const options = { schema, directory: seeds.path, environment: 'production' };
    await runSeeds(shop.database, options);
    const before = await shop.database.repository(users).getBy({ email: 'ada@example.org' });
    await shop.database.repository(users).update(before.id, { displayName: 'Ada' });

    await runSeeds(shop.database, { ...options, force: true });

    const after = await shop.database.repository(users).getBy({ email: 'ada@example.org' });
    expect([after.id, after.displayName]).toEqual([before.id, 'Ada']);
  });

  test('rows may refer to rows of the same file, by a key of several columns', async () => {
    await using shop = await schemaDatabase(server, schema);
    const author = { $ref: 'auth_user', email: 'ada@example.org' };
    await using seeds = await seedDirectory({
      'essential/role.json': roleSeed,
      'essential/user.json': { table: 'auth_user', rows: userSeed },
      'essential/page.json': [
        { slug: 'leaf', language: 'en', authorId: author, parentId: { $ref: 'page', slug: 'branch', language: 'en' } },
        { slug: 'branch', language: 'en', authorId: author, parentId: { $ref: 'page', slug: 'root', language: 'en' } },
        { slug: 'root', language: 'en', authorId: author, parentId: null },
      ],
    });

    await runSeeds(shop.database, { schema, directory: seeds.path, environment: 'production' });

    const rows = await shop.database.repository(pages).list();
    const parentOf = (slug: string): string | undefined => {
      const parent = rows.find((row) => row.slug === slug)?.parentId;
      return rows.find(({ id }) => id === parent)?.slug;
    };
    expect(['leaf', 'branch', 'root'].map(parentOf)).toEqual(['branch', 'root', undefined]);
  });

  test('JSON and CSV, plain and compressed, give the same values', async () => {
    await using shop = await schemaDatabase(server, schema);
    const json = {
      big: '9007199254740993',
      price: '12345678901234.5678',
      active: true,
      born: '2026-02-28',
      seenAt: '2026-11-21T15:45:00+02:00',
      photo: 'AAEC/w==',
      settings: { theme: ['dark', 1, null] },
      note: 'two\nlines, "quoted"',
    };
    const csv = (code: string): string =>
      `code,big,price,active,born,seen_at,photo,settings,note,count\r\n${code},9007199254740993,12345678901234.5678,t,2026-02-28,2026-11-21T15:45:00+02:00,AAEC/w==,"{""theme"":[""dark"",1,null]}","two\nlines, ""quoted""",\r\n`;
    await using seeds = await seedDirectory({
      'essential/1.json': `{ "table": "thing", "rows": [{ "code": "json", "big": 9007199254740993, "price": 12345678901234.5678, ${JSON.stringify({ ...json, big: undefined, price: undefined }).slice(1)}] }`,
      'essential/2.json.gz': { table: 'thing', rows: [{ code: 'json.gz', ...json }] },
      'essential/thing.csv': csv('csv'),
      'development/thing.csv.gz': csv('csv.gz'),
    });

    await runSeeds(shop.database, { schema, directory: seeds.path, environment: 'development' });

    const rows = await shop.database.repository(things).list({ order: ['code'] });
    expect(rows.map(({ code }) => code)).toEqual(['csv', 'csv.gz', 'json', 'json.gz']);
    for (const { code, ...values } of rows) {
      expect({ code, ...values }).toEqual({
        code,
        big: 9007199254740993n,
        count: null,
        price: '12345678901234.5678',
        active: true,
        born: '2026-02-28',
        seenAt: new Date('2026-11-21T13:45:00Z'),
        photo: new Uint8Array([0, 1, 2, 255]),
        settings: { theme: ['dark', 1, null] },
        note: 'two\nlines, "quoted"',
      });
    }
  });

  test('an empty cell is null, an empty cell in quotes is an empty text', async () => {
    await using shop = await schemaDatabase(server, schema);
    await using seeds = await seedDirectory({ 'essential/thing.csv': 'code,note\na,\nb,""\n' });

    await runSeeds(shop.database, { schema, directory: seeds.path, environment: 'production' });

    const rows = await shop.database.repository(things).list({ order: ['code'] });
    expect(rows.map(({ note }) => note)).toEqual([null, '']);
  });

  test('a CSV file refers to other rows by its header', async () => {
    await using shop = await schemaDatabase(server, schema);
    await using seeds = await seedDirectory({
      'essential/role.json': roleSeed,
      'essential/auth_user.csv': 'email,roleId:role.name\nada@example.org,admin\nbob@example.org,user\n',
    });

    await runSeeds(shop.database, { schema, directory: seeds.path, environment: 'production' });

    const admin = await shop.database.repository(roles).getBy({ name: 'admin' });
    expect(await shop.database.repository(users).count({ roleId: admin.id })).toBe(1);
    expect(await shop.database.repository(users).count()).toBe(2);
  });

  test('one wrong file and nothing is written, not even its record', async () => {
    await using shop = await schemaDatabase(server, schema);
    await using seeds = await seedDirectory({
      'essential/role.json': roleSeed,
      'development/user.json': {
        table: 'auth_user',
        rows: [{ email: 'x@example.org', roleId: { $ref: 'role', name: 'nobody' } }],
      },
    });
    const options = { schema, directory: seeds.path, environment: 'development' };

    const error: unknown = await runSeeds(shop.database, options).catch((reason: unknown) => reason);

    expect(RowhouseError.has(error, 'SEED_INVALID') && error.message).toBe(
      'development/user.json:6:7: roleId refers to a row that is not there',
    );
    expect(await shop.database.repository(roles).count()).toBe(0);
    expect(await createRepository(appliedSeeds, shop.database).count()).toBe(0);
  });

  test('several at once leave each row once', async () => {
    await using shop = await schemaDatabase(server, schema);
    await using seeds = await seedDirectory({
      'essential/role.json': roleSeed,
      'essential/thing.csv': 'code,count\na,1\nb,2\n',
    });
    const options = { schema, directory: seeds.path, environment: 'production' };

    await Promise.all([1, 2, 3, 4].map(async () => await runSeeds(shop.database, options)));

    expect(await shop.database.repository(roles).count()).toBe(2);
    expect(await shop.database.repository(things).count()).toBe(2);
  });
});
