import { DatabaseSync } from 'node:sqlite';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeShop, revisionFile } from './shop-project.ts';
import { runCli } from './run-cli.ts';

const environment = { DATABASE_URL: 'sqlite:///shop.db' };

const parks = {
  'migrations/2026-01-02_park_bbbbbbbbbbbb.ts': revisionFile('bbbbbbbbbbbb', ['aaaaaaaaaaaa'], 'park', [
    { kind: 'park-column', table: { name: 'product' }, column: 'stock' },
  ]),
};

test('what is parked is listed, purged on request, and comes back empty', async () => {
  const directory = makeShop(parks);
  const run = async (...words: readonly string[]): Promise<string> => {
    const { stdout, stderr } = await runCli(directory, words, environment);
    return stdout + stderr;
  };
  await run('up', '+1');
  byHand(directory, "insert into product (id, name, stock) values (1, 'tea', 12)");
  await run('up');

  expect(await run('parked')).toMatch(/product\.stock +\d{4}-\d\d-\d\d \d\d:\d\d +bbbbbbbbbbbb +1\b/);
  expect(await run('parked', '--older-than', '30d')).toBe('nothing is parked\n');
  expect(await run('parked', '--older-than', '30d', '--purge')).toBe('nothing to purge\n');
  expect(await run('parked', '--purge', '--dry-run')).toMatch(/product\.stock.*would be purged/);
  expect(await run('parked', '--purge')).toBe('purged product.stock\n');
  expect(await run('parked')).toBe('nothing is parked\n');
  expect(await run('down')).toContain('column product.stock had been purged and comes back empty');
});

test('a time that is none is a usage error', async () => {
  const { exitCode, stderr } = await runCli(makeShop(), ['parked', '--older-than', 'soon'], environment);

  expect(exitCode).toBe(2);
  expect(stderr).toContain('a time like 30d, 12h or 5m');
});

test('a new revision parks what goes, and drops it with --drop', async () => {
  const schema = `import { integer, table } from 'rowhouse';
export const products = table('product', { id: integer().primaryKey(), stock: integer().default(0) });
`;
  const written = async (...words: readonly string[]): Promise<string> => {
    const directory = makeShop({ 'schema.ts': schema });
    await runCli(directory, ['revision', '--autogenerate', '-m', 'less', ...words], environment);
    const folder = join(directory, 'migrations');
    const file = readdirSync(folder).find((name) => name.includes('_less_')) ?? '';
    return readFileSync(join(folder, file), 'utf8');
  };

  expect(await written()).toContain("kind: 'park-column'");
  expect(await written('--drop')).toContain("kind: 'drop-column'");
});

test('a dry run says how many rows a backfill would fill in', async () => {
  const backfill = {
    kind: 'backfill',
    table: { name: 'product' },
    set: { stock: { parts: [{ kind: 'text', text: '5' }] } },
    where: { parts: [{ kind: 'text', text: 'stock = 0' }] },
  };
  const fills = revisionFile('bbbbbbbbbbbb', ['aaaaaaaaaaaa'], 'fill', [backfill]);
  const directory = makeShop({ 'migrations/2026-01-02_fill_bbbbbbbbbbbb.ts': fills });
  await runCli(directory, ['up', '+1'], environment);
  byHand(directory, "insert into product (id, name) values (1, 'tea'), (2, 'milk')");

  const { stdout } = await runCli(directory, ['up', '--dry-run'], environment);

  expect(stdout).toContain('-- 2 rows to fill in, about 1 s\nupdate "product" set "stock" = 5 where stock = 0;');
});

function byHand(directory: string, statement: string): void {
  const database = new DatabaseSync(join(directory, 'shop.db'));
  database.exec(statement);
  database.close();
}
