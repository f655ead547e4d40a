import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { makeProject, runCli } from './run-cli.ts';

/** The layout of a service that came from another tool: everything below `src/app`. */
const files = {
  'src/app/config/base.ts': `import { defineProject, service } from 'rowhouse';
import * as schema from '../db/models/user.ts';

export default defineProject({ services: { app: service({ schema, migrations: '../db/migrations/versions' }) } });
`,
  'src/app/db/models/user.ts': `import { table, text, timestamps, uuid, uuidv7 } from 'rowhouse';

export const users = table('app_user', {
  id: uuid().primaryKey().default(uuidv7()),
  email: text({ max: 255 }).unique(),
  ...timestamps(),
});
`,
};

test('variables name the project file, the revisions and the ledger', async () => {
  const directory = makeProject(files);
  const environment = {
    DATABASE_URL: `sqlite:///${join(directory, 'app.db')}`,
    DATABASE_MIGRATION_CONFIG: 'src/app/config/base.ts',
    DATABASE_MIGRATION_DDL_VERSION_TABLE: 'ddl_version',
  };
  const elsewhere = { ...environment, DATABASE_MIGRATION_PATH: '../db/other' };

  const revision = await runCli(directory, ['revision', '--autogenerate', '-m', 'users'], environment);
  const up = await runCli(directory, ['up'], environment);
  const others = [
    await runCli(directory, ['history', '--json'], elsewhere),
    await runCli(directory, ['heads', '--json'], elsewhere),
    await runCli(directory, ['show'], elsewhere),
    await runCli(directory, ['merge'], elsewhere),
  ];

  expect([revision.exitCode, up.exitCode]).toEqual([0, 0]);
  expect(readdirSync(join(directory, 'src/app/db/migrations/versions'))).toHaveLength(1);
  for (const other of others) {
    expect(other.exitCode).toBe(0);
    expect(other.stdout).not.toContain('users');
  }
  expect(tablesOf(join(directory, 'app.db'))).toEqual(['app_user', 'ddl_version', 'rowhouse_client']);
});

test('fixtures are those of src/app/db/fixtures unless a variable says otherwise', async () => {
  const row = (email: string): string => `[{ "email": "${email}" }]\n`;
  const directory = makeProject({
    'src/app/db/fixtures/app_user.json': row('ada@example.org'),
    'more/app_user.json': row('bob@example.org'),
  });
  await runCli(directory, ['init']);
  await runCli(directory, ['revision', '--autogenerate', '-m', 'users']);
  await runCli(directory, ['up']);

  const usual = await runCli(directory, ['seed', '--fixtures']);
  const more = await runCli(directory, ['seed', '--fixtures'], { DATABASE_FIXTURE_PATH: 'more' });

  expect([usual.stdout, more.stdout]).toEqual(['applied app_user.json  1 row\n', 'applied app_user.json  1 row\n']);
  expect(emailsIn(join(directory, 'app.db'))).toEqual(['ada@example.org', 'bob@example.org']);
});

function emailsIn(file: string): readonly unknown[] {
  return firstColumn(file, 'select email from app_user order by email');
}

function tablesOf(file: string): readonly unknown[] {
  return firstColumn(
    file,
    "select name from sqlite_schema where type = 'table' and name not like 'sqlite%' order by name",
  );
}

function firstColumn(file: string, query: string): readonly unknown[] {
  const database = new DatabaseSync(file);
  const rows = database.prepare(query).all();
  database.close();
  return rows.flatMap((row) => Object.values(row));
}
