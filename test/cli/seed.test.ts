import { expect, test } from 'vitest';
import { makeProject, runCli } from './run-cli.ts';

const files = {
  'rowhouse.config.ts': `import { defineProject, service } from 'rowhouse';
import * as schema from './schema.ts';

export default defineProject({ services: { app: service({ schema, migrations: './migrations', seeds: './seeds' }) } });
`,
  'schema.ts': `import { integer, table, text } from 'rowhouse';

export const roles = table('role', { id: integer().identity().primaryKey(), name: text({ max: 50 }).unique() });
`,
  '.env': 'DATABASE_URL=sqlite:///app.db\n',
  'seeds/essential/role.json': '[{ "name": "admin" }, { "name": "user" }]\n',
  'seeds/development/role.csv': 'name\ntester\n',
  'seeds/staging/role.ts': `import { seed } from 'rowhouse';
import { roles } from '../../schema.ts';

export default seed(roles, { rows: [{ name: 'pilot' }] });
`,
  'fixtures/role.json': '[{ "name": "fixture" }]\n',
  'scripts.ts': `import type { SeedContext } from 'rowhouse';
import { roles } from './schema.ts';

export const addGuest = async ({ repository }: SeedContext): Promise<void> => {
  await repository(roles).insert({ name: 'guest' });
};
`,
};

async function project(more: Readonly<Record<string, string>> = {}): Promise<string> {
  const directory = makeProject({ ...files, ...more });
  await runCli(directory, ['revision', '--autogenerate', '-m', 'tables']);
  expect(await runCli(directory, ['up'])).toMatchObject({ exitCode: 0 });
  return directory;
}

test('seed applies what the environment needs, once', async () => {
  const directory = await project();

  const first = await runCli(directory, ['seed']);
  const second = await runCli(directory, ['seed']);
  const staging = await runCli(directory, ['seed', '--json'], { ENVIRONMENT: 'staging' });
  const forced = await runCli(directory, ['seed', '--env', 'production', '--class', 'essential', '--force']);

  expect(first.stdout).toBe('applied essential/role.json  2 rows\napplied development/role.csv  1 row\n');
  expect(second.stdout).toBe('2 unchanged\n');
  expect(JSON.parse(staging.stdout)).toEqual({
    ok: true,
    services: { app: { applied: [{ file: 'staging/role.ts', rows: 1 }], unchanged: ['essential/role.json'] } },
  });
  expect(forced.stdout).toBe('applied essential/role.json  2 rows\n');
});

test('seed loads fixtures, and runs one function of a module', async () => {
  const directory = await project();

  const fixtures = await runCli(directory, ['seed', '--fixtures'], { DATABASE_FIXTURE_PATH: './fixtures' });
  const guest = await runCli(directory, ['seed', './scripts.ts:addGuest']);
  const again = await runCli(directory, ['seed', './scripts.ts:addGuest']);

  expect(fixtures.stdout).toBe('applied role.json  1 row\n');
  expect(guest).toMatchObject({ exitCode: 0, stdout: 'applied ./scripts.ts\n' });
  expect(again).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('UNIQUE_VIOLATION') as string });
});

test('a malformed seed is told with its place, and a class that does not exist with those that do', async () => {
  const directory = await project({ 'seeds/essential/role.json': '[\n  { "nam": "admin" }\n]\n' });

  const malformed = await runCli(directory, ['seed']);
  const unknown = await runCli(directory, ['seed', '--class', 'test']);

  expect(malformed).toMatchObject({
    exitCode: 4,
    stderr: expect.stringContaining('essential/role.json:2:5: role has no column nam') as string,
  });
  expect(unknown).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('essential, development') as string });
});
