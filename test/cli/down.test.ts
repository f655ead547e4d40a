import { expect, test } from 'vitest';
import { sql } from '../../src/sql/sql.ts';
import { openUrl } from '../integration/database/open-url.ts';
import { describeServers } from '../servers/describe-each-server.ts';
import { runCli, type CliResult } from './run-cli.ts';
import { contentsOf, makeShop, revisionFile, variablesFor } from './shop-project.ts';

const stages = { ENVIRONMENT: 'production' };

const addShelf = {
  kind: 'add-column',
  table: { name: 'product' },
  column: { name: 'shelf', type: { kind: 'integer' }, nullable: true },
};

const second = {
  'migrations/2026-01-02_second_bbbbbbbbbbbb.ts': revisionFile('bbbbbbbbbbbb', ['aaaaaaaaaaaa'], 'second', [addShelf]),
};

describeServers(['postgresql-15', 'mariadb', 'sqlite-node'], 'down', (server) => {
  test('in production says which rows would go, and takes them when it is told to', async () => {
    await using database = await server.database();
    const directory = makeShop(second);
    const run = async (...words: string[]): Promise<CliResult> =>
      await runCli(directory, words, { ...variablesFor(database.url), ...stages });
    expect(await run('up')).toMatchObject({ exitCode: 0 });
    expect((await run('down')).stdout).toContain('taken back bbbbbbbbbbbb');
    expect((await run('up')).exitCode).toBe(0);
    await fill(database.url);

    const column = await run('down');
    const all = await run('down', 'base');

    expect(column).toMatchObject({
      exitCode: 4,
      stderr: expect.stringContaining('those of product.shelf (PLAN_REFUSED)') as string,
    });
    expect(all).toMatchObject({
      exitCode: 4,
      stderr: expect.stringContaining('those of product (PLAN_REFUSED)') as string,
    });
    expect(all.stderr).toContain('say --drop');
    expect(await run('down', 'base', '--dry-run')).toMatchObject({ exitCode: 0 });
    expect((await contentsOf(database.url)).counts).toMatchObject({ product: '1' });
    expect(await run('down', 'base', '--drop')).toMatchObject({ exitCode: 0 });
    expect((await contentsOf(database.url)).counts).not.toHaveProperty('product');
  });

  test('lets the seeds of what goes be applied again', async () => {
    await using database = await server.database();
    const directory = makeShop(second);
    const run = async (...words: string[]): Promise<CliResult> =>
      await runCli(directory, words, variablesFor(database.url));
    await run('up');
    await run('seed');

    await run('down');
    const kept = await run('seed');
    await run('down', 'base');
    await run('up');
    const again = await run('seed');

    expect(kept.stdout).toBe('1 unchanged\n');
    expect(again.stdout).toBe('applied essential/product.json  1 row\n');
    expect((await contentsOf(database.url)).counts).toMatchObject({ product: '1' });
  });
});

async function fill(url: string): Promise<void> {
  await using database = await openUrl(url);
  await database.execute(sql`insert into product (id, name, shelf) values (1, 'tea', 3)`);
}
