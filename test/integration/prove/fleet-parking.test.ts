import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runCli } from '../../cli/run-cli.ts';
import { makeShop, revisionFile, variablesFor } from '../../cli/shop-project.ts';
import { describeServers } from '../../servers/describe-each-server.ts';
import { openUrl } from '../database/open-url.ts';

const bin = join(import.meta.dirname, '../../../src/cli/bin.ts');

const drop = revisionFile('bbbbbbbbbbbb', ['aaaaaaaaaaaa'], 'no products', [
  { kind: 'park-table', table: { name: 'product' }, mark: 'c0ffee' },
]);

describeServers(['postgresql-15', 'postgresql-16', 'postgresql-18'], 'a fleet of namespaces', (server) => {
  test('parks the table of each on its own, takes one of them back, and purges another', async () => {
    await using home = await server.database();
    await using database = await openUrl(home.url);
    const names = ['public', 'tenant_a', 'Tenant B'];
    const directory = makeShop({ 'names.txt': names.join('\n'), 'migrations/2026-01-02_drop_bbbbbbbbbbbb.ts': drop });
    const environment = variablesFor(home.url);
    const run = async (...words: readonly string[]): Promise<unknown> =>
      await runCli(directory, words, environment, bin);
    const inNamespace = async (name: string, ...words: readonly string[]): Promise<unknown> => {
      const url = `${home.url}?search_path=${encodeURIComponent(`"${name}"`)}`;
      return await runCli(directory, words, variablesFor(url), bin);
    };
    const products = async (): Promise<unknown> => {
      const { rows } = await database.run({ sql: places }, []);
      return Object.fromEntries(
        await Promise.all(
          rows.map(async ([place, text]) => {
            const found = await database.run({ sql: `select name from ${String(place)}.product` }, []);
            return [text, found.rows.flat().join()] as const;
          }),
        ),
      );
    };
    for (const name of names) await database.run({ sql: `create schema if not exists "${name}"` }, []);
    expect(await run('fleet', 'up', 'aaaaaaaaaaaa', '--namespaces', 'names.txt')).toMatchObject({ exitCode: 0 });
    for (const name of names) {
      await database.run({ sql: `insert into "${name}".product (id, name) values (1, 'of ${name}')` }, []);
    }

    const up = await run('fleet', 'up', '--namespaces', 'names.txt');
    const parked = await products();
    const down = await inNamespace('tenant_a', 'down', '-1');
    const back = await products();
    const purged = await inNamespace('Tenant B', 'parked', '--purge');

    expect(up).toMatchObject({ exitCode: 0 });
    expect(parked).toEqual({
      rowhouse_parked_c0ffee: 'of public',
      rowhouse_parked_c0ffee_tenant_a: 'of tenant_a',
      'rowhouse_parked_c0ffee_Tenant B': 'of Tenant B',
    });
    expect(down).toMatchObject({ exitCode: 0 });
    expect(back).toMatchObject({ tenant_a: 'of tenant_a', rowhouse_parked_c0ffee: 'of public' });
    expect(purged).toMatchObject({ exitCode: 0 });
    expect(await products()).toEqual({ tenant_a: 'of tenant_a', rowhouse_parked_c0ffee: 'of public' });
    expect(await inNamespace('Tenant B', 'down', '-1')).toMatchObject({ exitCode: 0 });
    expect(await products()).toMatchObject({ 'Tenant B': '' });
  });
});

const places = `select quote_ident(n.nspname), n.nspname::text from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relname = 'product'`;
