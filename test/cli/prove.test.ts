import { existsSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { describeServers } from '../servers/describe-each-server.ts';
import { runCli } from './run-cli.ts';
import { contentsOf, makeShop, revisionFile, variablesFor } from './shop-project.ts';

const shelf = { name: 'shelf', type: { kind: 'integer' }, nullable: true };
const addShelf = { kind: 'add-column', table: { name: 'product' }, column: shelf };

function withSecond(down?: readonly unknown[]): string {
  const made = { id: 'bbbbbbbbbbbb', parents: ['aaaaaaaaaaaa'], message: 'second', up: [addShelf], down };
  return makeShop({ 'migrations/2026-01-02_second_bbbbbbbbbbbb.ts': `export default ${JSON.stringify(made)};\n` });
}

describeServers(['postgresql-15', 'mysql-9.7', 'mariadb', 'sqlite-node'], 'prove', (server) => {
  test('tells what each statement costs within 80 columns, and touches no database of the service', async () => {
    await using temporary = await server.database();
    const before = await contentsOf(temporary.url);

    const proven = await runCli(withSecond(), ['prove'], variablesFor(temporary.url));

    expect(proven).toMatchObject({ exitCode: 0, stderr: '' });
    expect(proven.stdout).toMatch(
      /^bbbbbbbbbbbb {2}second\n {2}proven up, down and up again, with 8 rows in 1 table$/m,
    );
    expect(proven.stdout).toMatch(/^up +alter table .*product.* \d/m);
    expect(proven.stdout).toMatch(/^down +alter table .*product.* \d/m);
    expect(Math.max(...proven.stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(await contentsOf(temporary.url)).toEqual(before);
  });

  test('fails with exit code 1 and names the revision whose way down leads elsewhere', async () => {
    await using temporary = await server.database();
    const renamed = { kind: 'rename-column', table: { name: 'product' }, column: 'shelf', to: 'place' };

    const proven = await runCli(withSecond([renamed]), ['prove', '--json'], variablesFor(temporary.url));

    expect(proven.exitCode).toBe(1);
    expect(proven.stdout + proven.stderr).toMatch(/PROOF_FAILED/);
    expect(proven.stdout + proven.stderr).toMatch(/revision bbbbbbbbbbbb \(second\), down: the database /);
  });
});

describeServers(['postgresql-15'], 'prove with a budget', (server) => {
  const blocking = {
    kind: 'raw-sql',
    up: { any: 'create index product_by_hand on product (id)' },
    down: { any: 'drop index product_by_hand' },
  };
  const made = { id: 'bbbbbbbbbbbb', parents: ['aaaaaaaaaaaa'], message: 'by hand', up: [blocking] };
  const files = { 'migrations/2026-01-02_by_hand_bbbbbbbbbbbb.ts': `export default ${JSON.stringify(made)};\n` };

  test('refuses a statement that reads rows while it keeps writers waiting, and lets one pass that may', async () => {
    await using temporary = await server.database();
    const prove = ['prove', 'bbbb', '--max-lock', 'writers'];
    const variables = variablesFor(temporary.url);

    const refused = await runCli(makeShop(files), [...prove, '--max-rows-under-lock', '0'], variables);
    const allowed = await runCli(makeShop(files), prove, variables);

    expect(refused).toMatchObject({ exitCode: 4 });
    expect(refused.stderr).toMatch(/revision bbbbbbbbbbbb \(by hand\): product: the statement reads \d+ rows/);
    expect(allowed).toMatchObject({ exitCode: 0 });
  });
});

test('prove takes a range, gives JSON, and leaves no file behind', async () => {
  const directory = withSecond();
  const before = readdirSync(tmpdir()).filter((name) => name.startsWith('rowhouse-scratch-'));
  const environment = { DATABASE_URL: 'sqlite:///shop.db' };

  const { stdout, exitCode } = await runCli(directory, ['prove', 'bbbb', '--json', '--rows', '3'], environment);

  expect(exitCode).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    ok: true,
    services: { app: [{ revision: 'bbbbbbbbbbbb', reversible: true, filled: [{ table: 'product', rows: 3 }] }] },
  });
  expect(existsSync(join(directory, 'shop.db'))).toBe(false);
  expect(readdirSync(tmpdir()).filter((name) => name.startsWith('rowhouse-scratch-'))).toEqual(before);
});

test('prove says what is wrong with a range', async () => {
  const directory = makeShop({
    'migrations/2026-01-02_second_bbbbbbbbbbbb.ts': revisionFile('bbbbbbbbbbbb', ['aaaaaaaaaaaa'], 'second', [
      addShelf,
    ]),
  });
  const environment = { DATABASE_URL: 'sqlite:///shop.db' };

  expect(await runCli(directory, ['prove', 'bbbb..aaaa'], environment)).toMatchObject({ exitCode: 2 });
  expect(await runCli(directory, ['prove', 'cccc'], environment)).toMatchObject({ exitCode: 2 });
});
