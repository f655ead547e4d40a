import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import type { RawObject } from '../../../src/catalog/model/raw-object.ts';
import { integer, text } from '../../../src/schema/column/types.ts';
import { discoverSchema } from '../../../src/schema/discover-schema.ts';
import { domain } from '../../../src/schema/managed/domain.ts';
import { exclusion } from '../../../src/schema/managed/exclusion.ts';
import { extension } from '../../../src/schema/managed/extension.ts';
import { grant } from '../../../src/schema/managed/grant.ts';
import { policy } from '../../../src/schema/managed/policy.ts';
import { sqlFolder } from '../../../src/schema/managed/sql-folder.ts';
import { sqlFunction } from '../../../src/schema/managed/sql-function.ts';
import { trigger } from '../../../src/schema/managed/trigger.ts';
import { catalogOf } from '../../../src/schema/schema.ts';
import { table } from '../../../src/schema/table/table.ts';
import { sql } from '../../../src/sql/sql.ts';

const notes = table('note', { id: integer().primaryKey(), owner: text() }, () => [], { namespace: 'app' });
const directory = mkdtempSync(join(tmpdir(), 'rowhouse-folder-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

function rawOf(definition: unknown): RawObject {
  const [object] = catalogOf({ definition }).raw;
  if (object === undefined) throw new Error('there is no raw object');
  return object;
}

function folder(name: string, files: Readonly<Record<string, string>>): string {
  const path = join(directory, name);
  mkdirSync(path, { recursive: true });
  for (const [file, content] of Object.entries(files)) writeFileSync(join(path, file), content);
  return path;
}

describe('what is kept as SQL', () => {
  test('is a policy of a table', () => {
    const own = policy('own "rows"', notes, {
      command: 'update',
      roles: ['clerk'],
      using: sql`${notes.owner} = ${"o'hara"}`,
      check: sql`${notes.id} > ${0}`,
    });

    expect(rawOf(own)).toEqual({
      type: 'policy',
      namespace: 'app',
      name: 'own "rows"',
      table: 'note',
      stage: 'after-tables',
      create: {
        postgresql: `create policy "own ""rows""" on "app"."note" for update to "clerk" using ("owner" = 'o''hara') with check ("id" > 0)`,
      },
      drop: { postgresql: 'drop policy "own ""rows""" on "app"."note"' },
    });
  });

  test('is a domain, an extension, a grant or an exclusion', () => {
    const made = [
      domain('email', 'text', { notNull: true, check: sql`value like ${'%@%'}` }),
      extension('citext', { namespace: 'app' }),
      grant(['select', 'insert'], notes, 'reader'),
      exclusion('once', 'booking', sql`using gist (during with &&)`),
    ].map((definition) => rawOf(definition));

    expect(made.map(({ stage, create, drop }) => [stage, create['postgresql'], drop['postgresql']])).toEqual([
      ['before-tables', `create domain "email" as text not null check (value like '%@%')`, 'drop domain "email"'],
      ['before-tables', 'create extension if not exists "citext" with schema "app"', 'drop extension "citext"'],
      [
        'after-tables',
        'grant select, insert on "app"."note" to "reader"',
        'revoke select, insert on "app"."note" from "reader"',
      ],
      [
        'after-tables',
        'alter table "booking" add constraint "once" exclude using gist (during with &&)',
        'alter table "booking" drop constraint "once"',
      ],
    ]);
  });

  test('is a function that is replaced where its engine can', () => {
    const half = sqlFunction('half', {
      arguments: 'integer',
      create: { postgresql: 'create or replace function half(n integer) …', mysql: 'create function half(n int) …' },
    });

    expect(rawOf(half)).toMatchObject({
      drop: { postgresql: 'drop function "half"(integer)', mysql: 'drop function `half`' },
      replace: { postgresql: 'create or replace function half(n integer) …' },
    });
  });

  test('is a trigger, dropped as each engine says it', () => {
    const create = { postgresql: 'c', mysql: 'c', mariadb: 'c', sqlite: 'c' };

    expect(rawOf(trigger('t', 'note', { create })).drop).toEqual({
      postgresql: 'drop trigger "t" on "note"',
      mysql: 'drop trigger `t`',
      mariadb: 'drop trigger `t`',
      sqlite: 'drop trigger "t"',
    });
  });
});

describe('a folder of SQL files', () => {
  test('is an object for each name, with the text of each engine', () => {
    const path = folder('views', {
      'open_order.sql': 'create view open_order as select 1;\n',
      'late_order.postgresql.sql': 'create or replace view late_order as select 2',
      'late_order.mysql.sql': 'create view late_order as select 3',
      'README.md': 'no SQL',
    });

    const { raw } = catalogOf({ views: sqlFolder(pathToFileURL(path)) });

    expect(raw.map(({ type, name }) => [type, name])).toEqual([
      ['view', 'late_order'],
      ['view', 'open_order'],
    ]);
    expect(raw[0]).toMatchObject({
      create: { mysql: 'create view late_order as select 3' },
      drop: { postgresql: 'drop view "late_order"', mysql: 'drop view `late_order`' },
      replace: { postgresql: 'create or replace view late_order as select 2' },
    });
    expect(raw[1]?.create).toEqual({ any: 'create view open_order as select 1' });
  });

  test('drops as the file says, and an index from its table', () => {
    const indexes = folder('indexes', { 'by_day.sql': '-- table: orders\ncreate index by_day on orders (day)' });
    const events = folder('events', { 'tick.mysql.sql': 'create event tick …;\n-- down\ndrop event tick;\n' });

    const [byDay] = catalogOf({ indexes: sqlFolder(indexes) }).raw;
    const [tick] = catalogOf({ events: sqlFolder(events, { type: 'event' }) }).raw;

    expect(byDay).toMatchObject({
      type: 'index',
      table: 'orders',
      create: { any: 'create index by_day on orders (day)' },
      drop: { postgresql: 'drop index "by_day"', mysql: 'drop index `by_day` on `orders`' },
    });
    expect(tick).toMatchObject({ create: { mysql: 'create event tick …' }, drop: { mysql: 'drop event tick' } });
  });

  test.each([
    ['a path that is not whole', () => sqlFolder('database/views'), /is not the whole path/],
    ['a name that tells nothing', () => sqlFolder(folder('things', {})), /does not tell what is in it/],
    [
      'an object that nobody knows how to drop',
      () => sqlFolder(folder('rules', { 'r.sql': 'create rule r' }), { type: 'rule' }),
      /rule r has no drop for any/,
    ],
  ])('is refused for %s', (_what, make, message) => {
    expect(make).toThrow(message);
  });
});

test('what the modules of a folder export becomes a schema without a list', async () => {
  const schema = join(process.cwd(), 'src/schema');
  const imports = `import { table } from '${schema}/table/table.ts'; import { integer } from '${schema}/column/types.ts';`;
  const path = folder('models', {
    'user.ts': `${imports}\nexport const users = table('auth_user', { id: integer().primaryKey() });\nexport default 1;\n`,
    'order.ts': `${imports}\nexport const orders = table('shop_order', { id: integer().primaryKey() });\nexport default 2;\n`,
    'order.test.ts': 'throw new Error("a test is no model");\n',
  });

  const { tables } = catalogOf(await discoverSchema(path));

  expect(tables.map(({ name }) => name)).toEqual(['auth_user', 'shop_order']);
  writeFileSync(join(path, 'second.ts'), `${imports}\nexport const users = 1;\n`);
  await expect(discoverSchema(path)).rejects.toThrow(/exports users, which another file exports/);
  await expect(discoverSchema(join(path, 'nowhere'))).rejects.toMatchObject({ code: 'SCHEMA_INVALID' });
});
