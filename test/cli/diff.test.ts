import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { openUrl } from '../integration/database/open-url.ts';
import { describeServers } from '../servers/describe-each-server.ts';
import { makeProject, runCli } from './run-cli.ts';
import { makeShop, revisionFile, variablesFor } from './shop-project.ts';

const plain = 'create table shelf (id integer primary key, label text);\n';
const wider = `create view labels as select label from shelf;
create table shelf (id integer primary key, label text, room integer);
`;

function scratchFiles(): readonly string[] {
  return readdirSync(tmpdir()).filter((name) => name.startsWith('rowhouse-scratch-'));
}

test('diff of two files of SQL prints what turns one into the other, and leaves nothing behind', async () => {
  const directory = makeProject({ 'old.sql': plain, 'new.sql': wider });
  const before = scratchFiles();

  const found = await runCli(directory, ['diff', '--from', 'old.sql', '--to', 'new.sql', '--engine', 'sqlite']);

  expect(found).toMatchObject({ exitCode: 0, stderr: '' });
  using database = new DatabaseSync(':memory:');
  database.exec(plain + found.stdout);
  expect(database.prepare('select * from labels').columns()).toHaveLength(1);
  expect(database.prepare('select room from shelf').all()).toEqual([]);
  expect(scratchFiles()).toEqual(before);
});

test('diff of equal sources prints nothing, and --exit-code tells them from others', async () => {
  const directory = makeProject({ 'old.sql': plain, 'new.sql': wider });
  const words = (from: string, to: string): readonly string[] => [
    'diff',
    '--from',
    from,
    '--to',
    to,
    '--engine',
    'sqlite',
    '--exit-code',
  ];

  expect(await runCli(directory, words('old.sql', 'old.sql'))).toEqual({ exitCode: 0, stdout: '', stderr: '' });
  expect(await runCli(directory, words('old.sql', 'new.sql'))).toMatchObject({ exitCode: 3 });
});

test('diff --json gives the statements one by one', async () => {
  const directory = makeProject({ 'old.sql': plain, 'new.sql': wider });
  const words = ['diff', '--from', 'old.sql', '--to', 'new.sql', '--engine', 'sqlite', '--json'];

  const { stdout } = await runCli(directory, words);

  const { ok, equal, statements } = JSON.parse(stdout) as {
    readonly ok: boolean;
    readonly equal: boolean;
    readonly statements: readonly Readonly<Record<string, unknown>>[];
  };
  expect({ ok, equal }).toEqual({ ok: true, equal: false });
  expect(statements.length).toBeGreaterThan(1);
  for (const statement of statements) {
    expect(Object.keys(statement).toSorted()).toEqual(['class', 'loses', 'note', 'segment', 'sql', 'transactional']);
  }
});

test('diff says above each statement which rows go with it, counts them on stderr, and can leave them', async () => {
  const before = `create table app_user (id integer primary key, name text);
    create table shelf (id integer primary key, label text, room integer, twice integer as (id * 2));
    create table book (id integer primary key, title text, isbn text unique);`;
  const after = `create table shelf (id integer primary key, label text);
    create table book (id integer primary key, title text);`;
  const directory = makeProject({ 'old.sql': before, 'new.sql': after });
  const words = ['diff', '--from', 'old.sql', '--to', 'new.sql', '--engine', 'sqlite'];

  const printed = await runCli(directory, words);
  const listed = await runCli(directory, [...words, '--json']);
  const kept = await runCli(directory, [...words, '--skip-drops']);

  const counts = 'drops 1 table and 2 columns with the rows in them; --skip-drops leaves them\n';
  expect(printed).toMatchObject({ exitCode: 0, stderr: counts });
  expect(printed.stdout).toContain('-- drops the rows of "app_user"\ndrop table "app_user";\n');
  expect(printed.stdout).toContain('-- drops the values of "shelf"."room"\nalter table "shelf" drop column "room";\n');
  expect(printed.stdout).toContain('-- drops the values of "book"."isbn"\n-- copies all rows of book\ninsert into');
  expect(printed.stdout.match(/^-- drops/gm)).toHaveLength(3);
  expect(listed).toMatchObject({ exitCode: 0, stderr: counts });
  const { statements } = JSON.parse(listed.stdout) as { readonly statements: readonly { readonly loses: unknown[] }[] };
  expect(new Set(statements.flatMap(({ loses }) => loses))).toEqual(
    new Set([
      { table: '"app_user"', column: null },
      { table: '"book"', column: '"isbn"' },
      { table: '"shelf"', column: '"room"' },
    ]),
  );
  expect(kept).toEqual({ exitCode: 0, stdout: '', stderr: '' });
});

test('diff says what is wrong with its words', async () => {
  const directory = makeProject({
    'old.sql': plain,
    'broken.sql': 'create view v as select nothing from nowhere_at_all; oops',
  });
  const diff = async (...words: readonly string[]): Promise<string> => {
    const { exitCode, stderr } = await runCli(directory, ['diff', ...words]);
    return `${exitCode} ${stderr}`;
  };

  expect(await diff('--from', 'old.sql', '--to', 'old.sql')).toMatch(/^2 .*neither side is a database/);
  expect(await diff('--from', 'old.sql', '--to', 'gone.sql', '--engine', 'sqlite')).toMatch(
    /^2 .*--to: there is no file/,
  );
  expect(await diff('--from', 'old.sql', '--to', 'sqlite:///gone.db')).toMatch(/^5 .*there is no database file/);
  expect(await diff('--from', 'old.sql', '--to', 'env:GONE')).toMatch(/^2 .*GONE, which is not set/);
  expect(await diff('--from', 'old.sql', '--to', 'old.sql', '--engine', 'mysql')).toMatch(/^2 .*no server/);
  expect(await diff('--from', 'old.sql', '--to', 'broken.sql', '--engine', 'sqlite')).toMatch(
    /^5 .*does not run: near "nothing"/,
  );
  expect(await diff('--from', 'old.sql', '--to', 'old.sql', '--engine', 'sqlite', '--safe', 'very')).toMatch(
    /^2 .*--safe/,
  );
  expect(existsSync(join(directory, 'gone.db'))).toBe(false);
});

describeServers(['postgresql-15', 'mysql-9.7', 'mariadb', 'sqlite-node'], 'diff', (server) => {
  test('of a database and a schema file, revisions or an earlier revision agrees with what `up` makes', async () => {
    await using temporary = await server.database();
    const directory = makeShop({
      'migrations/2026-01-02_second_bbbbbbbbbbbb.ts': revisionFile('bbbbbbbbbbbb', ['aaaaaaaaaaaa'], 'second', [
        {
          kind: 'add-column',
          table: { name: 'product' },
          column: { name: 'shelf', type: { kind: 'integer' }, nullable: true },
        },
      ]),
    });
    const environment = variablesFor(temporary.url);
    const differs = async (to: string, said = ''): Promise<number | null> => {
      const words = ['diff', '--from', 'env:DATABASE_URL', '--to', to, '--exit-code'];
      const { exitCode, stderr } = await runCli(directory, words, environment);
      expect(stderr).toBe(said);
      return exitCode;
    };

    expect(await runCli(directory, ['up', '+1'], environment)).toMatchObject({ exitCode: 0 });

    expect(await differs('schema.ts')).toBe(0);
    expect(await differs('migrations')).toBe(3);
    expect(await differs('migrations@aaaa')).toBe(0);
    expect(await runCli(directory, ['up'], environment)).toMatchObject({ exitCode: 0 });
    const loss = 'drops 1 column with the rows in them; --skip-drops leaves them\n';
    expect(await differs('schema.ts', loss)).toBe(3);
    expect(await differs('migrations')).toBe(0);
  });

  test('and drift find a column that was made by hand, and drift takes it into a revision', async () => {
    await using temporary = await server.database();
    const directory = makeShop();
    const environment = variablesFor(temporary.url);
    const drift = async (...words: readonly string[]): Promise<{ exitCode: number | null; stdout: string }> =>
      await runCli(directory, ['drift', ...words], environment);
    await runCli(directory, ['up'], environment);
    expect(await drift('--exit-code')).toMatchObject({ exitCode: 0, stdout: 'no drift\n' });
    {
      await using database = await openUrl(temporary.url);
      await database.pinned(async (session) => await session.script('alter table product add column shelf integer'));
    }

    expect(await drift('--exit-code')).toMatchObject({
      exitCode: 3,
      stdout: expect.stringContaining('shelf') as string,
    });
    expect(await drift()).toMatchObject({ exitCode: 0 });
    expect(await drift('--absorb')).toMatchObject({ exitCode: 2 });
    const taken = await drift('--absorb', '-m', 'a shelf for each product');

    expect(taken).toMatchObject({ exitCode: 0 });
    expect(taken.stdout).toMatch(/recorded \w{12} as applied without running/);
    const [, file = ''] = /wrote (\S+)/.exec(taken.stdout) ?? [];
    expect(readFileSync(file, 'utf8')).toMatch(/shelf/);
    expect(await drift('--exit-code')).toMatchObject({ exitCode: 0 });
    expect((await runCli(directory, ['up'], environment)).stdout).toContain('nothing to do');
  });
});
