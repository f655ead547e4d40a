import { existsSync, readdirSync as filesOf } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { describeEachServer, describeServers } from '../servers/describe-each-server.ts';
import { refusal } from './refusal.ts';
import { runCli } from './run-cli.ts';
import { contentsOf, makeShop, variablesFor } from './shop-project.ts';

const inServers = ['postgresql', 'mariadb', 'mysql-9.7'];
const nowhere = 'postgresql://me:hunter2@127.0.0.1:1/none?sslmode=disable';

describe('a wrong URL', () => {
  const directory = makeShop();

  test.each([
    ['notaurl', 'CONFIG_INVALID', 'app: DATABASE_URL has no scheme'],
    ['oracle://me:hunter2@db/shop', 'ENGINE_UNKNOWN', 'app: DATABASE_URL names the engine oracle, which is not known'],
    [
      'postgresql://me:hunter2@db:99999/shop',
      'CONFIG_INVALID',
      'app: DATABASE_URL has a port that is not a whole number from 1 to 65535',
    ],
    ['postgresql://me:hunter2@db', 'CONFIG_MISSING', 'app: the database name is missing'],
    ['mysql://db/shop', 'CONFIG_MISSING', 'app: the user is missing'],
  ])('%s is named by its variable', async (url, code, message) => {
    expect(await refusal(directory, ['up'], { DATABASE_URL: url })).toMatchObject({
      exitCode: 2,
      code,
      message,
      hint: expect.any(String) as string,
    });
  });

  test('a parameter that no driver knows is named', async () => {
    const url = 'postgresql://me:hunter2@127.0.0.1:1/none?sslmode=disable&colour=red';

    expect(await refusal(directory, ['up'], { DATABASE_URL: url })).toMatchObject({
      exitCode: 2,
      code: 'CONFIG_INVALID',
      message: expect.stringContaining('colour') as string,
    });
  });

  test('no URL at all says which variables there are', async () => {
    expect(await refusal(directory, ['up'])).toMatchObject({
      exitCode: 2,
      code: 'CONFIG_MISSING',
      message: 'app: no database is configured',
      hint: expect.stringContaining('DATABASE_URL') as string,
    });
  });
});

describe('two sources that disagree', () => {
  const directory = makeShop({ '.env': 'DATABASE_URL=sqlite:///app.db\n' });

  test.each([
    [{ SQL_URL: 'sqlite:///other.db' }, 'app: SQL_URL and DATABASE_URL (.env) disagree about the database URL'],
    [{ DB_NAME: 'other.db' }, 'app: DATABASE_URL (.env) and DB_NAME disagree about the database name'],
    [
      { APP_DB_HOST: 'db.internal' },
      'app: DATABASE_URL (.env) and APP_DB_HOST disagree about the kind of database: a file, or a server',
    ],
  ])('are both named: %o', async (variables, message) => {
    expect(await refusal(directory, ['up'], variables)).toMatchObject({
      exitCode: 2,
      code: 'CONFIG_CONFLICT',
      message,
    });
    expect(existsSync(join(directory, 'app.db'))).toBe(false);
  });
});

describe('a host that cannot be reached', () => {
  const directory = makeShop();
  const patience = { DATABASE_URL: nowhere, DB_MAX_RETRIES: '3', DB_RETRY_DELAY: '0.1' };

  test.each([['up'], ['down'], ['current'], ['history'], ['stamp'], ['seed'], ['serve']])(
    'is told by %s with its place and the number of attempts',
    async (command) => {
      const { stderr, ...said } = await refusal(directory, [command], patience);

      expect(said).toMatchObject({
        exitCode: 5,
        code: 'CONNECTION_FAILED',
        message: 'app: cannot connect to the server at 127.0.0.1:1/none (ECONNREFUSED), after 3 attempts',
        hint: 'check host and port, and that the server runs and listens there',
        details: { attempts: 3, service: 'app' },
      });
      expect(stderr.match(/trying again/g)).toHaveLength(2);
    },
  );

  test('is told by wait with a hint, also in JSON', async () => {
    const { exitCode, stdout, stderr } = await runCli(directory, ['wait', '--json'], patience);

    expect(exitCode).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      ok: false,
      services: { app: { ok: false, attempts: 3, error: { code: 'CONNECTION_FAILED' } } },
    });
    expect(stderr).toContain('hint: check host and port');
    expect(stdout + stderr).not.toContain('hunter2');
  });

  test('is told by copy with the side it is on', async () => {
    expect(await refusal(directory, ['copy', '--from', nowhere, '--to', 'sqlite:///t.db'])).toMatchObject({
      exitCode: 5,
      code: 'CONNECTION_FAILED',
      message: '--from: cannot connect to the server at 127.0.0.1:1/none (ECONNREFUSED)',
    });
    expect(existsSync(join(directory, 't.db'))).toBe(false);
  });
});

describeServers(inServers, 'a server that does not let us in', (server) => {
  test('says where, for a wrong password, at once', async () => {
    await using database = await server.database();
    const url = new URL(database.url);
    url.password = 'hunter2-not-it';
    const directory = makeShop();

    const said = await refusal(directory, ['up'], variablesFor(url.href));

    expect(said).toMatchObject({ exitCode: 5, code: 'AUTHENTICATION_FAILED', hint: expect.any(String) as string });
    expect(said.message).toContain(`${url.hostname}:${url.port}${url.pathname}`);
    expect(said.stderr).not.toContain('trying again');
    expect(await contentsOf(database.url)).toEqual({ tables: [], counts: {} });
  });

  test('says which database is not there', async () => {
    const url = server.url('rowhouse_nowhere');

    const said = await refusal(makeShop(), ['up'], variablesFor(url));

    expect(said).toMatchObject({ exitCode: 5, code: 'DATABASE_NOT_FOUND', hint: expect.any(String) as string });
    expect(said.message).toContain(`${new URL(url).host}/rowhouse_nowhere`);
  });

  test('says where, when it has no TLS and the mode insists', async () => {
    await using database = await server.database();
    const { host } = new URL(database.url);
    const said = await refusal(makeShop(), ['up'], {
      ...variablesFor(database.url),
      DB_SSLMODE_DEFAULT: 'verify-full',
    });

    expect(said).toMatchObject({ exitCode: 5, code: 'TLS_FAILED', hint: expect.any(String) as string });
    expect(said.message).toContain(host);
  });
});

describeEachServer('health', (server) => {
  test('says OK, and FAILED with the reason', async () => {
    await using database = await server.database();
    const directory = makeShop();
    await runCli(directory, ['up'], variablesFor(database.url));

    expect(await runCli(directory, ['health'], variablesFor(database.url))).toMatchObject({
      exitCode: 0,
      stdout: 'app: OK\n',
      stderr: '',
    });
    const failed = await runCli(directory, ['health', '--json'], variablesFor(nowhere));
    expect(failed.exitCode).toBe(5);
    expect(JSON.parse(failed.stdout)).toMatchObject({
      ok: false,
      checks: [{ name: 'app', ok: false, code: 'CONNECTION_FAILED' }],
    });
    expect(failed.stdout + failed.stderr).not.toContain('hunter2');
  });
});

describe('a file that is no database', () => {
  test('is named and left as it is, and a directory that is not there is not made', async () => {
    const directory = makeShop({ 'notes.txt': 'these are notes, not a database, and they are long enough' });

    expect(await refusal(directory, ['up'], { DATABASE_URL: 'sqlite:///notes.txt' })).toMatchObject({
      exitCode: 5,
      code: 'DATABASE_CORRUPT',
      message: 'app: the file notes.txt is not a sqlite database',
    });
    expect(await refusal(directory, ['up'], { DATABASE_URL: 'sqlite:////no/such/place/app.db' })).toMatchObject({
      exitCode: 5,
      code: 'DATABASE_NOT_FOUND',
      message: 'app: the database file /no/such/place/app.db cannot be opened',
    });
    expect(existsSync('/no/such')).toBe(false);
    expect(existsSync(join(directory, 'notes.txt-wal'))).toBe(false);
  });

  const reading: readonly (readonly string[])[] = [
    ['copy', '--from', 'sqlite:///typo.db', '--to', 'sqlite:///t.db'],
    ['pull', 'x'],
    ['current'],
    ['history'],
    ['check'],
    ['drift'],
    ['lint', 'plan'],
  ];

  test.each(reading)('%s does not make the database that it is to read', async (...words) => {
    const directory = makeShop();

    expect(await refusal(directory, words, { DATABASE_URL: 'sqlite:///typo.db' })).toMatchObject({
      exitCode: 5,
      code: 'DATABASE_NOT_FOUND',
      message: expect.stringContaining('there is no database file typo.db') as string,
      hint: expect.stringContaining('`rowhouse up`') as string,
    });
    expect(['typo.db', 't.db', 'x'].filter((name) => existsSync(join(directory, name)))).toEqual([]);
  });

  test('up --dry-run shows what an empty one would get, and makes none', async () => {
    const directory = makeShop();
    const variables = { DATABASE_URL: 'sqlite:///new.db' };

    const looked = await runCli(directory, ['up', '--dry-run'], variables);
    const asked = await runCli(directory, ['up', '--dry-run', '--ask-server', '--json'], variables);
    const made = filesOf(directory);
    await runCli(directory, ['up'], variables);
    const done = await runCli(directory, ['up', '--dry-run'], variables);

    expect(looked).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/^-- up aaaaaaaaaaaa {2}first.*create table "product" /s) as string,
      stderr: 'app: there is no database file new.db yet; an empty database stands in for it\n',
    });
    expect(JSON.parse(asked.stdout)).toMatchObject({ ok: true, services: { app: { plans: [{ direction: 'up' }] } } });
    expect(made.filter((name) => name.startsWith('new.db'))).toEqual([]);
    expect(done).toMatchObject({ exitCode: 0, stdout: 'nothing to do\n', stderr: '' });
  });

  test('deploy --dry-run goes through its steps, and makes none', async () => {
    const directory = makeShop();

    const { exitCode, stdout, stderr } = await runCli(directory, ['deploy', '--dry-run'], {
      DATABASE_URL: 'sqlite:///new.db',
    });

    expect(exitCode, stderr).toBe(0);
    expect(stdout).toContain('create table "product"');
    expect(stdout).toMatch(/wait +done .* new\.db would be made/);
    expect(stdout).toMatch(/expand +skipped .* dry run/);
    expect(filesOf(directory).filter((name) => name.startsWith('new.db'))).toEqual([]);
  });

  test('a dry run does not take a directory that is not there for an empty database', async () => {
    const said = await refusal(makeShop(), ['up', '--dry-run'], { DATABASE_URL: 'sqlite:////no/such/place/app.db' });

    expect(said).toMatchObject({ exitCode: 5, code: 'DATABASE_NOT_FOUND' });
    expect(existsSync('/no/such')).toBe(false);
  });
});
