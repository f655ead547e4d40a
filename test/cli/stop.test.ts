import { expect, test } from 'vitest';
import { sql } from '../../src/sql/sql.ts';
import { until } from '../../src/testing/server/until.ts';
import { openUrl } from '../integration/database/open-url.ts';
import { describeEachServer, describeServers } from '../servers/describe-each-server.ts';
import { runCli } from './run-cli.ts';
import { contentsOf, makeShop, revisionFile, variablesFor } from './shop-project.ts';
import { startCli } from './start-cli.ts';

const nowhere = { DATABASE_URL: 'postgresql://me:hunter2@127.0.0.1:1/none?sslmode=disable', DB_RETRY_DELAY: '60' };

test.each(['SIGINT', 'SIGTERM'] as const)('%s ends a command that waits for a server', async (signal) => {
  const directory = makeShop();
  for (const words of [['wait'], ['up', '--json'], ['serve', '--port', '0']]) {
    const started = startCli(directory, words, nowhere);
    await started.says('attempt 1');
    started.process.kill(signal);

    const { exitCode, stdout, stderr } = await started.ended();

    expect(exitCode).toBe(130);
    expect(stderr).toContain(`error: stopped by ${signal} (CANCELLED)\n`);
    expect(stderr).not.toMatch(/^\s+at /m);
    if (words.includes('--json')) expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'CANCELLED' } });
  }
});

const slow = {
  'migrations/2026-01-02_slow_bbbbbbbbbbbb.ts': revisionFile('bbbbbbbbbbbb', ['aaaaaaaaaaaa'], 'slow', [
    {
      kind: 'raw-sql',
      up: { postgresql: 'select pg_sleep(3)', any: 'do sleep(3)' },
      down: { postgresql: 'select 1', any: 'do 1' },
    },
    { kind: 'raw-sql', up: { any: 'create table late (id integer)' }, down: { any: 'drop table late' } },
  ]),
};

describeServers(['postgresql-16', 'mariadb', 'mysql-9.7'], 'Ctrl-C during up', (server) => {
  test('ends it before the next statement, and the next up finishes', async () => {
    await using database = await server.database();
    const variables = variablesFor(database.url);
    await runCli(makeShop(), ['up'], variables);
    const directory = makeShop(slow);
    const started = startCli(directory, ['up'], variables);
    await untilTrue(database.url, sleeping(server.engine));
    started.process.kill('SIGINT');

    const { exitCode, stderr } = await started.ended();

    expect(exitCode).toBe(130);
    expect(stderr).toContain('stopping when the work under way is done');
    expect(stderr).toContain('error: stopped by SIGINT (CANCELLED)\n');
    expect((await contentsOf(database.url)).tables.map(({ name }) => name)).not.toContain('late');
    expect(await runCli(directory, ['up'], variables)).toMatchObject({ exitCode: 0 });
    expect((await contentsOf(database.url)).tables.map(({ name }) => name)).toContain('late');
    expect((await runCli(directory, ['current'], variables)).stdout).toBe('at bbbbbbbbbbbb, nothing pending\n');
  });
});

describeEachServer('Ctrl-C during copy', (server) => {
  test('ends it, and the same command finishes', async () => {
    await using source = await server.database({ prepare: async (url) => await fill(url) });
    await using target = await server.database();
    const directory = makeShop();
    const words = ['copy', '--from', plain(source.url), '--to', plain(target.url), '--batch', '5'];
    const started = startCli(directory, words);
    await untilTrue(target.url, 'select 1 from thing limit 1');
    started.process.kill('SIGINT');

    const { exitCode, stderr } = await started.ended();

    expect(exitCode).toBe(130);
    expect(stderr).toContain('error: stopped by SIGINT (CANCELLED)\n  hint: run the same command again');
    const again = await runCli(directory, [...words.slice(0, -2), '--json']);
    expect(again.exitCode).toBe(0);
    expect(JSON.parse(again.stdout)).toMatchObject({ ok: true, tables: [{ name: 'thing', rows: 20_000 }] });
  });
});

test('serve ends with a word and exit code 0', async () => {
  const started = startCli(makeShop(), ['serve', '--port', '0'], { DATABASE_URL: 'sqlite:///app.db' });
  await started.says('serving app at');
  started.process.kill('SIGINT');

  const said = 'the database lacks 1 revision: `rowhouse up` applies what is pending\nclosing\n';
  expect(await started.ended()).toMatchObject({ exitCode: 0, stderr: said });
});

function plain(url: string): string {
  return url.startsWith('sqlite')
    ? url
    : `${url}?${url.startsWith('postgresql') ? 'sslmode=disable' : 'ssl-mode=DISABLED'}`;
}

async function fill(url: string): Promise<void> {
  await using database = await openUrl(url);
  await database.execute(sql`create table thing (id integer primary key)`);
  for (let start = 0; start < 20_000; start += 1000) {
    const values = Array.from({ length: 1000 }, (_, index) => `(${start + index})`).join(',');
    await database.run({ sql: `insert into thing (id) values ${values}` }, []);
  }
}

/** Whether the slow statement runs. */
function sleeping(engine: string): string {
  return engine === 'postgresql'
    ? "select 1 from pg_stat_activity where query = 'select pg_sleep(3)' and state = 'active'"
    : "select 1 from information_schema.processlist where info = 'do sleep(3)'";
}

/** Waits until a query finds a row; a table that is not there yet is one without rows. */
async function untilTrue(url: string, query: string): Promise<void> {
  await using database = await openUrl(url);
  const isTrue = async (): Promise<boolean> => {
    const found = await database.run({ sql: query }, []).catch(() => undefined);
    return found !== undefined && found.rows.length > 0;
  };
  expect(await until(isTrue, { withinMs: 30_000 })).toBe(true);
}
