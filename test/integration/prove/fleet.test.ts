import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { runCli, type CliResult } from '../../cli/run-cli.ts';
import { makeShop, variablesFor } from '../../cli/shop-project.ts';
import { describeServers } from '../../servers/describe-each-server.ts';
import { openUrl } from '../database/open-url.ts';

const bin = join(import.meta.dirname, '../../../src/cli/bin.ts');
const noUrl = { DATABASE_URL: 'sqlite:///elsewhere.db' };

interface Answer {
  readonly ok: boolean;
  readonly databases: readonly { readonly name: string; readonly state: string; readonly code?: string }[];
}

interface Fleet {
  readonly directory: string;
  readonly run: (...words: readonly string[]) => Promise<CliResult>;
  readonly states: (...words: readonly string[]) => Promise<Readonly<Record<string, string>>>;
}

function fleetOf(directory: string, environment: Readonly<Record<string, string>>): Fleet {
  const run = async (...words: readonly string[]): Promise<CliResult> =>
    await runCli(directory, ['fleet', ...words], environment, bin);
  const states = async (...words: readonly string[]): Promise<Readonly<Record<string, string>>> => {
    const { databases } = JSON.parse((await run(...words, '--json')).stdout) as Answer;
    return Object.fromEntries(databases.map(({ name, state, code }) => [name, code ?? state]));
  };
  return { directory, run, states };
}

/** Thirty files; in the one of this number, somebody has made the table by hand. */
function thirtyFiles(broken: number): Fleet {
  const directory = makeShop();
  mkdirSync(join(directory, 'tenants'));
  const names = Array.from({ length: 30 }, (_, at) => `tenants/${at + 1}.db`);
  for (const [at, name] of names.entries()) {
    using database = new DatabaseSync(join(directory, name));
    database.exec(at + 1 === broken ? 'create table product (id integer)' : 'pragma user_version = 1');
  }
  writeFileSync(join(directory, 'tenants.txt'), `# one a line\n${names.join('\n')}\n`);
  return fleetOf(directory, noUrl);
}

function count(states: Readonly<Record<string, string>>): Readonly<Record<string, number>> {
  const groups = Map.groupBy(Object.values(states), (state) => state);
  return Object.fromEntries([...groups].map(([state, of]) => [state, of.length]));
}

test('a fleet of thirty files stops at the broken one, goes on within a budget, and resumes with what is left', async () => {
  const { directory, run, states } = thirtyFiles(12);
  const up = ['up', '--databases', 'tenants.txt', '--at-once', '3'] as const;

  const stopped = await states(...up);
  expect(stopped['tenants/12.db']).toBe('OBJECT_EXISTS');
  expect(stopped['tenants/30.db']).toBe('not tried');
  expect(stopped['tenants/1.db']).toBe('done');

  const within = await run(...up, '--failure-budget', '5%', '--resume', '--canary', '0');
  expect(within.exitCode).toBe(1);
  expect(within.stdout).toMatch(/^failed +1$/m);
  expect(within.stdout).toMatch(/^not tried +0$/m);
  expect(within.stdout).toMatch(/^tenants\/12\.db +OBJECT_EXISTS/m);
  expect(Math.max(...within.stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);

  {
    using database = new DatabaseSync(join(directory, 'tenants/12.db'));
    database.exec('drop table product');
  }
  expect(count(await states(...up, '--resume'))).toEqual({ already: 29, done: 1 });
  expect(count(await states('current', '--databases', 'tenants.txt'))).toEqual({ already: 30 });
  expect(await run(...up, '--resume')).toMatchObject({ exitCode: 0 });
}, 180_000);

test('a fleet whose canary fails touches nothing else', async () => {
  const { states } = thirtyFiles(2);

  const found = await states('up', '--databases', 'tenants.txt', '--canary', '2', '--stop-after', '9');

  expect(count(found)).toEqual({ done: 1, OBJECT_EXISTS: 1, 'not tried': 28 });
});

test('a fleet never prints a password, not even of a database that is not there', async () => {
  const secret = 'n0t-to-be-5een';
  const url = `postgresql://app:${secret}@127.0.0.1:1/shop?connect_timeout=1`;
  const { run } = fleetOf(makeShop(), { ...noUrl, TENANTS: `${url} sqlite:///gone.db` });

  const told = await run('up', '--urls-env', 'TENANTS', '--stop-after', '5', '--canary', '0');

  expect(told.exitCode).toBe(1);
  expect(told.stdout).toContain('app:***@127.0.0.1');
  expect(told.stdout).toMatch(/CONNECTION_FAILED/);
  expect(told.stdout).toMatch(/DATABASE_NOT_FOUND/);
  expect(told.stdout + told.stderr).not.toContain(secret);
});

test('a fleet says what is wrong with its words', async () => {
  const { run } = thirtyFiles(0);

  expect(await run('up')).toMatchObject({ exitCode: 2 });
  expect(await run('down', '--databases', 'tenants.txt')).toMatchObject({ exitCode: 2 });
  expect(await run('up', '--databases', 'tenants.txt', '--failure-budget', 'some')).toMatchObject({ exitCode: 2 });
  expect(await run('up', '--databases', 'nowhere.txt')).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('nowhere.txt') as string,
  });
});

describeServers(['postgresql-15', 'postgresql-16', 'postgresql-18'], 'a fleet of namespaces', (server) => {
  test('is brought to the head, each with its own ledger, the broken one and what is not there aside', async () => {
    await using home = await server.database();
    await using database = await openUrl(home.url);
    const names = Array.from({ length: 12 }, (_, at) => `Tenant ${at + 1}`);
    await database.pinned(async (session) => {
      await session.script('create table tenant (name text)');
      for (const name of names) {
        await session.script(`create schema "${name}"; insert into tenant values ('${name}')`);
      }
      await session.script('create table "Tenant 7".product (id integer)');
      await session.script(`insert into tenant values ('nobody')`);
    });
    const { directory, run, states } = fleetOf(makeShop(), variablesFor(home.url));
    const words = ['--namespace-query', 'select name from tenant order by ctid'] as const;

    const stopped = await states('up', ...words, '--at-once', '3');
    const found = await states('up', ...words, '--resume', '--canary', '0', '--failure-budget', '20%');

    expect(stopped[names[0] ?? '']).toBe('done');
    expect(stopped['nobody']).toBe('not tried');
    expect(found).toMatchObject({ [names[6] ?? '']: 'OBJECT_EXISTS', nobody: 'OBJECT_MISSING' });
    const made = await database.run({ sql: places('product') }, []);
    const ledgers = await database.run({ sql: places('rowhouse_ledger') }, []);
    expect(new Set(made.rows.flat())).toEqual(new Set(names));
    // the broken one has a ledger without entries at most
    expect(ledgers.rows.flat()).toEqual(expect.arrayContaining(names.filter((name) => name !== names[6])));
    expect(ledgers.rows.flat()).not.toContain('public');

    await database.pinned(async (session) => await session.script('drop table "Tenant 7".product'));
    writeFileSync(join(directory, 'names.txt'), `# tenants\n${names.join('\n')}\n`);
    const list = ['--namespaces', 'names.txt'] as const;
    expect(count(await states('up', ...list, '--resume'))).toEqual({ already: 11, done: 1 });
    expect(count(await states('current', ...list))).toEqual({ already: 12 });
    expect((await run('up', ...list)).stdout).toMatch(/^already there +12$/m);
  });
});

test('a fleet of namespaces needs an engine that has them', async () => {
  const { directory, run } = fleetOf(makeShop(), noUrl);
  writeFileSync(join(directory, 'names.txt'), 'a\nb\n');

  const told = await run('up', '--namespaces', 'names.txt');

  expect(told.exitCode).not.toBe(0);
  expect(told.stderr).toContain('has no namespaces');
});

function places(table: string): string {
  return `select n.nspname::text from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relname = '${table}'`;
}

describeServers(['postgresql-15'], 'a fleet', (server) => {
  test('of twelve databases that a query names is brought to the head, the broken one aside', async () => {
    await using stack = new AsyncDisposableStack();
    const home = stack.use(await server.database());
    const tenants = [];
    for (let at = 0; at < 12; at += 1) tenants.push(stack.use(await server.database()));
    const names = tenants.map(({ url }) => new URL(url).pathname.slice(1));
    {
      await using database = await openUrl(tenants[6]?.url ?? '');
      await database.pinned(async (session) => await session.script('create table product (id integer)'));
      await using list = await openUrl(home.url);
      await list.pinned(async (session) => {
        await session.script('create table tenant (name text)');
        for (const name of names) await session.script(`insert into tenant values ('${name}')`);
      });
    }
    const { states } = fleetOf(makeShop(), variablesFor(home.url));
    const words = ['--query', 'select name from tenant order by ctid'] as const;

    const found = await states('up', ...words, '--stop-after', '2');

    expect(count(found)).toEqual({ done: 11, OBJECT_EXISTS: 1 });
    expect(found[names[6] ?? '']).toBe('OBJECT_EXISTS');
    expect(count(await states('current', ...words))).toEqual({ already: 11, done: 1 });
  });
});
