import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import { makeProject, runCli } from './run-cli.ts';

/** A directory with Chinook in `chinook.db`. */
function chinookProject(): string {
  const directory = makeProject({});
  const database = new DatabaseSync(join(directory, 'chinook.db'));
  database.exec(readFileSync('../shared/data/chinook/sqlite.sql', 'utf8'));
  database.close();
  return directory;
}

const environment = { DATABASE_URL: 'sqlite:///chinook.db' };

describe('an existing database', () => {
  test('becomes a project whose first revision is applied, and says what was not read', async () => {
    const directory = chinookProject();

    const pulled = await runCli(directory, ['pull'], environment);

    expect(pulled).toMatchObject({ exitCode: 0 });
    expect(pulled.stdout).toContain('11 tables, 0 views');
    expect(pulled.stdout).toContain('everything has a builder');
    expect(pulled.stdout).toContain('not read: owners, privileges, tablespaces and server settings');
    expect((await runCli(directory, ['current'], environment)).stdout).toMatch(/^at [0-9a-f]{12}, nothing pending\n$/);
    expect((await runCli(directory, ['revision', '--autogenerate', '-m', 'x'], environment)).stdout).toContain(
      'no difference',
    );
    expect(await runCli(directory, ['pull'], environment)).toMatchObject({ exitCode: 2 });
  });

  test('is copied with counts and hashes that are equal, from a URL in a variable', async () => {
    const directory = chinookProject();

    const copied = await runCli(directory, ['copy', '--from', 'env:SOURCE', '--to', 'sqlite:///copy.db', '--json'], {
      SOURCE: environment.DATABASE_URL,
    });

    expect(copied).toMatchObject({ exitCode: 0 });
    const { tables } = JSON.parse(copied.stdout) as { tables: readonly { rows: number }[] };
    expect(tables.reduce((sum, { rows }) => sum + rows, 0)).toBe(15_607);
  });
});
