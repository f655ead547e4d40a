import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { TestServer } from '../../../src/testing/describe-each-server.ts';
import { localSettings } from '../../../src/testing/schema/schema-database.ts';
import { runCli } from '../../cli/run-cli.ts';
import { makeShop, variablesFor } from '../../cli/shop-project.ts';
import { describeServers } from '../../servers/describe-each-server.ts';
import { openUrl } from '../database/open-url.ts';

const bin = join(import.meta.dirname, '../../../src/cli/bin.ts');

/** A service whose tenants are listed in its own database, each with the name of its place. */
function projectOf(by: 'namespace' | 'database'): string {
  return makeShop({
    'rowhouse.config.ts': `import { defineProject, service } from 'rowhouse';
import * as schema from './schema.ts';
const tenancy = { by: '${by}', tenants: 'select place from tenant order by number', name: (tenant) => tenant } as const;
export default defineProject({ name: 'shop', services: { app: service({ schema, migrations: './migrations', tenancy }) } });
`,
  });
}

interface Places {
  readonly names: readonly string[];
  /** Runs a statement in the place of this number, counted from 0. */
  readonly run: (place: number, statement: string) => Promise<void>;
}

async function fiveNamespaces(home: string): Promise<Places> {
  await using database = await openUrl(home);
  const names = [1, 2, 3, 4, 5].map((number) => `tenant_${number}`);
  for (const name of names) await database.run({ sql: `create schema ${name}` }, []);
  return {
    names,
    run: async (place, statement) => {
      await using own = await openUrl(home);
      await own.run({ sql: statement.replace('product', `${names[place]}.product`) }, []);
    },
  };
}

async function fiveDatabases(server: TestServer): Promise<Places> {
  const urls: string[] = [];
  for (let count = 0; count < 5; count += 1) urls.push((await server.database()).url);
  for (const url of urls) await (await openUrl(url)).close(); // a file is there once it was opened
  return {
    names: urls.map((url) => localSettings(url).write.database),
    run: async (place, statement) => {
      await using own = await openUrl(urls[place] ?? '');
      await own.run({ sql: statement }, []);
    },
  };
}

/** Up on all with the third in the way, again, and one that is changed by hand. */
async function goThrough(by: 'namespace' | 'database', home: string, { names, run }: Places): Promise<void> {
  {
    await using database = await openUrl(home);
    await database.run({ sql: 'create table tenant (number integer primary key, place varchar(200))' }, []);
    for (const [number, name] of names.entries()) {
      await database.run({ sql: `insert into tenant values (${number}, '${name}')` }, []);
    }
  }
  const directory = projectOf(by);
  const states = async (...words: readonly string[]): Promise<readonly unknown[]> => {
    const { exitCode, stdout } = await runCli(directory, ['fleet', ...words, '--json'], variablesFor(home), bin);
    const { databases } = JSON.parse(stdout) as {
      readonly databases: readonly { readonly state: string; readonly code?: string }[];
    };
    return [exitCode, ...databases.map(({ state, code }) => code ?? state)];
  };
  await run(2, 'create table product (id integer)');

  const stopped = await states('up', '--tenants', '--at-once', '1');
  await run(2, 'drop table product');
  const again = await states('up', '--tenants', '--resume');
  const before = await states('drift', '--tenants');
  await run(3, 'alter table product add column extra integer');
  const after = await states('drift', '--tenants');

  expect(stopped).toEqual([1, 'done', 'done', 'OBJECT_EXISTS', 'not tried', 'not tried']);
  expect(again).toEqual([0, 'already', 'already', 'done', 'done', 'done']);
  expect(await states('up', '--tenants')).toEqual([0, ...Array<string>(5).fill('already')]);
  expect(before).toEqual([0, ...Array<string>(5).fill('already')]);
  expect(after).toEqual([3, 'already', 'already', 'already', 'DRIFT', 'already']);
}

describeServers(['postgresql-16'], 'a fleet of tenants with a namespace each', (server) => {
  test('stops at the broken one, goes on with what is left, and names the one that was changed by hand', async () => {
    const { url } = await server.database();

    await goThrough('namespace', url, await fiveNamespaces(url));
  });
});

describeServers(['postgresql-16', 'mariadb', 'sqlite-node'], 'a fleet of tenants with a database each', (server) => {
  test('stops at the broken one, goes on with what is left, and names the one that was changed by hand', async () => {
    const { url } = await server.database();

    await goThrough('database', url, await fiveDatabases(server));
  });
});
