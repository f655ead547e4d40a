import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeProject, runCli } from './run-cli.ts';

describe('starting a project', () => {
  test('init, revision, up, current, history, down work one after the other', async () => {
    const directory = makeProject({});

    expect(await runCli(directory, ['init'])).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining('wrote schema.ts') as string,
    });
    expect(await runCli(directory, ['revision', '--autogenerate', '-m', 'First tables'])).toMatchObject({
      exitCode: 0,
    });
    expect(readdirSync(join(directory, 'migrations'))[0]).toMatch(/^\d{4}-\d\d-\d\d_first_tables_[0-9a-f]{12}\.ts$/);
    expect((await runCli(directory, ['revision', '--autogenerate', '-m', 'again'])).stdout).toBe(
      'app: no difference, no revision\n',
    );
    expect((await runCli(directory, ['up'])).stdout).toMatch(/^applied [0-9a-f]{12} {2}First tables\n$/);
    expect((await runCli(directory, ['up'])).stdout).toBe('nothing to do\n');
    expect((await runCli(directory, ['history'])).stdout).toMatch(/First tables/);
    expect((await runCli(directory, ['heads'])).stdout).toMatch(/^[0-9a-f]{12} {2}First tables\n$/);
    expect((await runCli(directory, ['down'])).stdout).toMatch(/^taken back/);
    expect((await runCli(directory, ['current'])).stdout).toBe('at base, 1 pending\n');
  });

  test('init never touches what is there', async () => {
    const directory = makeProject({ 'schema.ts': '// mine\n' });

    expect((await runCli(directory, ['init'])).stdout).toContain('kept schema.ts');
    expect(await runCli(directory, ['init'])).toMatchObject({ exitCode: 2 });
  });

  test.each([
    ['{ "type": "commonjs" }', 'next:\n  npm pkg set type=module\n  rowhouse revision'],
    ['{ "name": "shop" }', 'next:\n  npm pkg set type=module\n  rowhouse revision'],
    ['{ "type": "module" }', 'next:\n  rowhouse revision'],
  ])('init says what a package of %s needs first', async (text, next) => {
    const directory = makeProject({ 'package.json': text });

    expect((await runCli(directory, ['init'])).stderr).toContain(next);
  });
});

describe('words and settings', () => {
  test('every command has a help page within 80 columns', async () => {
    const directory = makeProject({});
    const overview = await runCli(directory, ['--help']);
    const names = [...overview.stdout.matchAll(/^ {2}([a-z]+) {2}/gm)].map(([, name = '']) => name);

    expect(names.length).toBeGreaterThanOrEqual(12);
    for (const name of names) {
      const { exitCode, stdout } = await runCli(directory, [name, '--help']);
      expect(exitCode).toBe(0);
      expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
    }
  });

  test('unknown commands and options are refused with a hint', async () => {
    const directory = makeProject({});

    expect(await runCli(directory, ['upp'])).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('did you mean `rowhouse up`?') as string,
    });
    expect(await runCli(directory, ['up', '--forse'])).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('there is no option --forse') as string,
    });
    expect(await runCli(directory, ['revision'])).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('--message is missing') as string,
    });
    expect(await runCli(directory, ['up'])).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('rowhouse.config.ts') as string,
    });
  });

  test('config shows every setting with its source and no secret', async () => {
    const directory = makeProject({});
    await runCli(directory, ['init']);
    writeFileSync(join(directory, '.env'), 'DB_HOST=db.internal\nDB_NAME=shop\nDB_USER=me\nDB_PASSWORD=hunter2\n');

    const { exitCode, stdout, stderr } = await runCli(directory, ['config', '--json'], { APP_DB_NAME: 'shop_app' });

    expect(exitCode).toBe(0);
    expect(stdout + stderr).not.toContain('hunter2');
    expect(stdout).toContain('shop_app');
    expect(stdout).toContain('DB_HOST (.env)');
  });

  test('a project file with a password in it is refused, and the password is not repeated', async () => {
    const directory = makeProject({});
    await runCli(directory, ['init']);
    const file = join(directory, 'rowhouse.config.ts');
    writeFileSync(file, `// mysql://root:hunter2@localhost/shop\n${readFileSync(file, 'utf8')}`);

    const { exitCode, stdout, stderr } = await runCli(directory, ['config']);

    expect(exitCode).toBe(2);
    expect(stderr).toContain('a URL in the project file holds a password');
    expect(stdout + stderr).not.toContain('hunter2');
  });

  test('an error is JSON too when JSON was asked for', async () => {
    const directory = makeProject({});
    await runCli(directory, ['init']);

    const { exitCode, stdout } = await runCli(directory, ['up', 'nope', '--json']);

    expect(exitCode).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({ ok: false, error: { code: 'REVISION_NOT_FOUND' } });
  });
});

describe('waiting and health', () => {
  test('a file that is not there is nothing to wait for, and no health', async () => {
    const directory = makeProject({});
    await runCli(directory, ['init']);
    const file = join(directory, 'none.db');
    const environment = { DATABASE_URL: `sqlite:///${file}` };

    const wait = await runCli(directory, ['wait'], environment);
    const health = await runCli(directory, ['health'], environment);
    const nowhere = { DATABASE_URL: `sqlite:///${join(directory, 'nowhere/none.db')}` };
    const never = await runCli(directory, ['wait', '--timeout', '0'], nowhere);

    expect(wait).toMatchObject({ exitCode: 0, stdout: 'app: ready after 1 attempt\n' });
    expect(health).toMatchObject({ exitCode: 5, stdout: 'app: FAILED\n' });
    expect(health.stderr).toContain('there is no database file');
    expect(never).toMatchObject({ exitCode: 1, stdout: 'app: NOT READY after 1 attempt\n' });
    expect(never.stderr).toContain('there is no database file');
    expect(existsSync(file)).toBe(false);
  });

  test('say OK for a database that answers and FAILED for one that does not', async () => {
    const directory = makeProject({});
    await runCli(directory, ['init']);
    await runCli(directory, ['up']);
    const unreachable = { DATABASE_URL: 'postgresql://me:secret@127.0.0.1:1/none?sslmode=disable' };

    expect(await runCli(directory, ['health'])).toMatchObject({ exitCode: 0, stdout: 'app: OK\n' });
    expect(await runCli(directory, ['wait', '--quiet'])).toMatchObject({ exitCode: 0, stdout: '' });
    const health = await runCli(directory, ['health'], unreachable);
    expect(health).toMatchObject({ exitCode: 5, stdout: 'app: FAILED\n' });
    const wait = await runCli(directory, ['wait', '--timeout', '0.3', '--interval', '0.1'], unreachable);
    expect(wait).toMatchObject({ exitCode: 1, stdout: 'app: NOT READY after 3 attempts\n' });
    expect(wait.stderr).toContain('attempt 2 of 3');
    expect(health.stderr + wait.stderr).not.toContain('secret');
  });
});
