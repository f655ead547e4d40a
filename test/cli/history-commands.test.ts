import { DatabaseSync } from 'node:sqlite';
import { readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { makeProject, runCli, type CliResult } from './run-cli.ts';

const schema = (columns: string): string => `import { integer, table, text } from 'rowhouse';
export const notes = table('note', { id: integer().primaryKey(), body: text()${columns} });
`;

const config = `import { defineProject, service } from 'rowhouse';
import * as schema from './schema.ts';
export default defineProject({ name: 'notes', services: { app: service({ schema, migrations: './migrations' }) } });
`;

const environment = { DATABASE_URL: 'sqlite:///notes.db' };

describe('check', () => {
  let directory = '';
  const run = async (...words: readonly string[]): Promise<CliResult> => await runCli(directory, words, environment);

  beforeAll(async () => {
    directory = await projectAtHead();
  });

  test('finds nothing where schema, revisions and database agree', async () => {
    expect(await run('check')).toMatchObject({ exitCode: 0, stdout: 'schema, revisions and database agree\n' });
  });

  test('names what the revisions lack', async () => {
    writeFileSync(join(directory, 'schema.ts'), schema(', author: text().null()'));

    const { exitCode, stdout } = await run('check');

    expect(exitCode).toBe(3);
    expect(stdout).toBe('the revisions lack: add column note.author\n');
    writeFileSync(join(directory, 'schema.ts'), schema(''));
  });

  test('names what was changed in the database by hand', async () => {
    byHand(directory, 'create index note_by_hand on note (body)');

    const said = await run('check');
    const { exitCode, stdout } = await run('check', '--json');

    expect(said.stdout).toMatch(/^the database has index note_by_hand\n( {2}\w.*\n)+$/);
    expect(exitCode).toBe(3);
    expect(JSON.parse(stdout)).toMatchObject({
      services: { app: { schema: [], ledger: [], drift: [{ change: 'added', kind: 'index' }] } },
    });
  });
});

describe('baseline', () => {
  test('takes over a database that has what the revisions make, and runs nothing', async () => {
    const directory = await projectAtHead();
    byHand(directory, 'drop table rowhouse_ledger');
    byHand(directory, "insert into note values (1, 'kept')");

    expect(await runCli(directory, ['baseline'], environment)).toMatchObject({ exitCode: 0 });

    expect((await runCli(directory, ['current'], environment)).stdout).toMatch(/^at [0-9a-f]{12}, nothing pending\n$/);
    expect(await runCli(directory, ['baseline'], environment)).toMatchObject({
      exitCode: 4,
      stderr: expect.stringContaining('applied revisions already') as string,
    });
  });

  test('refuses a database that differs, names the difference, and writes nothing', async () => {
    const directory = await projectAtHead();
    byHand(directory, 'drop table rowhouse_ledger');
    byHand(directory, 'alter table note add column extra text');

    const { exitCode, stderr } = await runCli(directory, ['baseline'], environment);

    expect(exitCode).toBe(3);
    expect(stderr).toContain('the database is not what the revisions make: 1 difference');
    expect((await runCli(directory, ['current'], environment)).stdout).toBe('at base, 1 pending\n');
  });
});

describe('branches', () => {
  test('that commute are joined by merge, and show tells what each does', async () => {
    const directory = await projectAtHead();
    await branch(directory, 'author', 'title');

    const merged = await runCli(directory, ['merge', '-m', 'both'], environment);

    expect(merged).toMatchObject({ exitCode: 0 });
    expect((await runCli(directory, ['up'], environment)).exitCode).toBe(0);
    const { stdout } = await runCli(directory, ['show'], environment);
    expect(stdout).toMatch(/^[0-9a-f]{12} {2}both\n/);
    expect(stdout).toMatch(/\nafter {4}[0-9a-f]{12}, [0-9a-f]{12}\n/);
    expect(stdout).toContain('changes  none');
  });

  test('that do not are refused, both changes named, and no file is written', async () => {
    const directory = await projectAtHead();
    await branch(directory, 'author', 'author');
    const files = readdirSync(join(directory, 'migrations'));

    const { exitCode, stderr } = await runCli(directory, ['merge'], environment);

    expect(exitCode).toBe(4);
    expect(stderr).toMatch(/"add column note.author" of revision \w+ conflicts with "add column note.author" of/);
    expect(readdirSync(join(directory, 'migrations'))).toEqual(files);
  });
});

test('an empty revision is a file for changes by hand, under a name that the project chooses', async () => {
  const directory = await projectAtHead();
  const named = config.replace("name: 'notes',", "name: 'notes', revisions: { template: '{sequence}_{slug}' },");
  writeFileSync(join(directory, 'rowhouse.config.ts'), named);

  const { exitCode, stdout } = await runCli(directory, ['revision', '-m', 'Fill in authors'], environment);

  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/migrations\/002_fill_in_authors\.ts\n$/);
  const text = readFileSync(join(directory, 'migrations', '002_fill_in_authors.ts'), 'utf8');
  expect(text).toContain("\n  message: 'Fill in authors',\n  up: [],\n} satisfies Revision;\n");
  expect((await runCli(directory, ['up'], environment)).stdout).toMatch(/^applied [0-9a-f]{12} {2}Fill in authors\n$/);
});

test('the name of a file holds the first words of a long message, and no blank at their end', async () => {
  const directory = await projectAtHead();
  const message = 'Very long message of what this revision is all about';

  const { stdout } = await runCli(directory, ['revision', '-m', message], environment);

  expect(stdout).toMatch(/_very_long_message_of_what_this_revision_[0-9a-f]{12}\.ts\n$/);
});

test('edit prints the file where there is no terminal', async () => {
  const directory = await projectAtHead();

  const { stdout } = await runCli(directory, ['edit'], { ...environment, EDITOR: 'vi' });

  expect(stdout).toMatch(/migrations\/.*_first_[0-9a-f]{12}\.ts\n$/);
});

async function projectAtHead(): Promise<string> {
  const directory = makeProject({ 'schema.ts': schema(''), 'rowhouse.config.ts': config });
  for (const words of [['revision', '--autogenerate', '-m', 'first'], ['up']]) {
    const { exitCode, stderr } = await runCli(directory, words, environment);
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
  }
  return directory;
}

/** Two revisions that come after the first, each with a column of its own. */
async function branch(directory: string, one: string, other: string): Promise<void> {
  const migrations = join(directory, 'migrations');
  const aside = join(directory, 'aside.ts');
  const first = readdirSync(migrations);
  writeFileSync(join(directory, 'schema.ts'), schema(`, ${one}: text().null()`));
  await runCli(directory, ['revision', '--autogenerate', '-m', 'one'], environment);
  const [file = ''] = readdirSync(migrations).filter((name) => !first.includes(name));
  renameSync(join(migrations, file), aside);
  writeFileSync(join(directory, 'schema.ts'), schema(`, ${other}: text().null()`));
  await runCli(directory, ['revision', '--autogenerate', '-m', 'other'], environment);
  renameSync(aside, join(migrations, file));
}

function byHand(directory: string, sql: string): void {
  const database = new DatabaseSync(join(directory, 'notes.db'));
  try {
    database.exec(sql);
  } finally {
    database.close();
  }
}
