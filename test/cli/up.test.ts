import { expect, test } from 'vitest';
import { until } from '../../src/testing/server/until.ts';
import { openUrl } from '../integration/database/open-url.ts';
import { describeServers } from '../servers/describe-each-server.ts';
import { refusal } from './refusal.ts';
import { runCli } from './run-cli.ts';
import { makeShop, revisionFile, variablesFor } from './shop-project.ts';
import { startCli } from './start-cli.ts';

const fill = {
  'migrations/2026-01-02_fill_bbbbbbbbbbbb.ts': revisionFile('bbbbbbbbbbbb', ['aaaaaaaaaaaa'], 'fill', [
    {
      kind: 'backfill',
      table: { name: 'product' },
      set: { stock: { parts: [{ kind: 'text', text: '5' }] } },
      where: { parts: [{ kind: 'text', text: 'stock = 0' }] },
      batchRows: 20,
    },
  ]),
};

describeServers(['postgresql-15', 'mariadb', 'sqlite-node'], 'Ctrl-C in a backfill', (server) => {
  test('is told by current with the rows that are filled in, and the next up goes on', async () => {
    await using database = await server.database();
    const variables = variablesFor(database.url);
    const directory = makeShop(fill);
    await runCli(directory, ['up', '+1'], variables);
    await addProducts(database.url, 10_000);
    const started = startCli(directory, ['up'], variables);
    expect(await until(async () => await isFilling(database.url), { withinMs: 30_000 })).toBe(true);
    started.process.kill('SIGINT');

    const stopped = await started.ended();
    const current = await runCli(directory, ['current'], variables);

    expect(stopped).toMatchObject({ exitCode: 130, stderr: expect.stringContaining('rowhouse current') as string });
    expect(current.stdout).toMatch(
      /up bbbbbbbbbbbb was cut short: 0 of 1 statements done[^]*\d rows of it filled in so far/,
    );
    expect((await runCli(directory, ['up'], variables)).stdout).toContain('finished a run that had been cut short');
    expect((await runCli(directory, ['current'], variables)).stdout).toBe('at bbbbbbbbbbbb, nothing pending\n');
  });
});

describeServers(['mariadb', 'mysql-9.7'], 'up that fails half way', (server) => {
  test('says how many statements ran, and where they are listed', async () => {
    await using database = await server.database();
    const half = revisionFile('bbbbbbbbbbbb', ['aaaaaaaaaaaa'], 'half', [
      { kind: 'raw-sql', up: { any: 'create table note (id integer)' }, down: { any: 'drop table note' } },
      { kind: 'raw-sql', up: { any: 'insert into nowhere values (1)' }, down: { any: 'do 1' } },
    ]);
    const directory = makeShop({ 'migrations/2026-01-02_half_bbbbbbbbbbbb.ts': half });

    const said = await refusal(directory, ['up'], variablesFor(database.url));

    expect(said).toMatchObject({
      code: 'OBJECT_MISSING',
      message: expect.stringMatching(/; 1 of 2 statements ran before it$/) as string,
      hint: expect.stringContaining('`rowhouse current` lists what ran') as string,
    });
  });
});

test('a dry run says of a statement that copies rows that it is about data', async () => {
  const unique = revisionFile('bbbbbbbbbbbb', ['aaaaaaaaaaaa'], 'unique', [
    { kind: 'add-unique', table: { name: 'product' }, unique: { name: 'product_stock_key', columns: ['stock'] } },
  ]);
  const directory = makeShop({ 'migrations/2026-01-02_unique_bbbbbbbbbbbb.ts': unique });
  const variables = { DATABASE_URL: 'sqlite:///app.db' };
  await runCli(directory, ['up', '+1'], variables);

  const { stdout } = await runCli(directory, ['up', '--dry-run'], variables);

  expect(stdout).toMatch(/-- data.*\ninsert into "[^"]*" .* select/);
});

test('a stamp says what counts as applied no more', async () => {
  const directory = makeShop();
  const variables = { DATABASE_URL: 'sqlite:///app.db' };
  await runCli(directory, ['up'], variables);

  const { stdout } = await runCli(directory, ['stamp', 'base'], variables);

  expect(stdout).toBe('no longer recorded as applied: aaaaaaaaaaaa  first\n');
});

async function addProducts(url: string, count: number): Promise<void> {
  await using database = await openUrl(url);
  for (let start = 0; start < count; start += 5000) {
    const values = Array.from({ length: 5000 }, (_, index) => `(${start + index}, 'p${start + index}')`).join(',');
    await database.run({ sql: `insert into product (id, name) values ${values}` }, []);
  }
}

/** Whether a batch has been written. */
async function isFilling(url: string): Promise<boolean> {
  await using database = await openUrl(url);
  const found = await database.run({ sql: 'select 1 from rowhouse_backfill' }, []).catch(() => undefined);
  return found !== undefined && found.rows.length > 0;
}
