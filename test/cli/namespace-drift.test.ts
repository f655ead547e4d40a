import { expect, test } from 'vitest';
import { openUrl } from '../integration/database/open-url.ts';
import { describeServers } from '../servers/describe-each-server.ts';
import { refusal } from './refusal.ts';
import { runCli, type CliResult } from './run-cli.ts';
import { makeShop, variablesFor } from './shop-project.ts';

const view = {
  kind: 'raw-sql',
  up: { postgresql: 'create view sold_out as select name from product where stock = 0' },
  down: { postgresql: 'drop view sold_out' },
};

/** A view by hand, whose text names the namespace where the server reports it. */
const files = {
  'names.txt': 'tenant_7\ntenant_8\n',
  'migrations/2026-01-02_view_bbbbbbbbbbbb.ts': `export default ${JSON.stringify({ id: 'bbbbbbbbbbbb', parents: ['aaaaaaaaaaaa'], message: 'view', up: [view] })};\n`,
};

describeServers(['postgresql-15', 'postgresql-16', 'postgresql-18'], 'the drift of one namespace', (server) => {
  test('names what was changed in it, and nothing of the others', async () => {
    await using database = await server.database();
    const directory = makeShop(files);
    const byHand = async (statement: string): Promise<void> => {
      await using own = await openUrl(database.url);
      await own.run({ sql: statement }, []);
    };
    const run = async (...words: readonly string[]): Promise<CliResult> =>
      await runCli(directory, words, variablesFor(database.url));
    const drift = async (namespace: string): Promise<unknown> => {
      const { exitCode, stdout } = await run('drift', '--namespace', namespace, '--exit-code', '--json');
      const { services } = JSON.parse(stdout) as {
        readonly services: { readonly app: { readonly drift: readonly { change: string; object: string }[] } };
      };
      return [exitCode, ...services.app.drift.map(({ change, object }) => `${change} ${object}`)];
    };
    await byHand('create schema tenant_7');
    await byHand('create schema tenant_8');
    expect(await run('fleet', 'up', '--namespaces', 'names.txt')).toMatchObject({ exitCode: 0 });

    const before = await drift('tenant_7');
    await byHand('alter table tenant_7.product add column extra text');
    await byHand('create index product_stock_by_hand on tenant_7.product (stock)');
    await byHand('create table public.other (id integer)');

    expect(before).toEqual([0]);
    expect(await drift('tenant_7')).toEqual([
      3,
      'added column tenant_7.product.extra',
      'added index tenant_7.product_stock_by_hand',
    ]);
    expect(await drift('tenant_8')).toEqual([0]);
    const missing = await refusal(directory, ['drift', '--namespace', 'tenant_9'], variablesFor(database.url));
    expect(missing).toMatchObject({ code: 'OBJECT_MISSING', hint: 'create it, or name one that is there' });
  });
});

test('the drift of one namespace needs an engine that has them, and makes no revision for all', async () => {
  const words = ['drift', '--namespace', 'tenant_7'];
  const variables = { DATABASE_URL: 'sqlite:///app.db' };
  const directory = makeShop();
  await runCli(directory, ['up'], variables);

  const nowhere = await refusal(directory, words, variables);
  const absorbed = await refusal(directory, [...words, '--absorb', '-m', 'by hand'], variables);

  expect(nowhere).toMatchObject({ code: 'CAPABILITY_MISSING', hint: 'leave --namespace out' });
  expect(absorbed).toMatchObject({ code: 'USAGE', message: '--absorb does not go with --namespace' });
});
