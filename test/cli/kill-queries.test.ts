import { expect, test } from 'vitest';
import { sql } from '../../src/index.ts';
import { openUrl } from '../integration/database/open-url.ts';
import { describeServers } from '../servers/describe-each-server.ts';
import { refusal } from './refusal.ts';
import { runCli } from './run-cli.ts';
import { makeShop, variablesFor } from './shop-project.ts';

describeServers(['postgresql', 'mysql'], 'kill-queries', (server) => {
  test('lists who works with a table, leaves who runs nothing, and ends them with force', async () => {
    await using database = await server.database();
    const variables = variablesFor(database.url);
    const directory = makeShop();
    await runCli(directory, ['up'], variables);
    const run = async (...words: string[]) => await runCli(directory, ['kill-queries', 'product', ...words], variables);
    await using other = await openUrl(database.url);
    await using holder = await other.begin();
    await holder.execute(sql`insert into product (id, name, stock) values (1, 'tea', 0)`);

    const found = await run('--dry-run', '--json');
    const left = await run();
    const quiet = await run('--force', '--quiet');

    expect(JSON.parse(found.stdout)).toMatchObject({
      ok: true,
      services: { app: { sessions: [{ running: null, outcome: 'found' }] } },
    });
    expect(left.stdout).toContain('left: only --force ends it');
    expect(quiet).toEqual({ exitCode: 0, stdout: '', stderr: '' });
    await expect(holder.commit()).rejects.toMatchObject({ name: 'RowhouseError' });
    expect((await run()).stdout).toBe('nobody works with the table\n');
    expect(await refusal(directory, ['kill-queries', 'nothing'], variables)).toMatchObject({ code: 'OBJECT_MISSING' });
    expect(await refusal(directory, ['kill-queries', 'a.b.c'], variables)).toMatchObject({
      code: 'USAGE',
      exitCode: 2,
    });
  });
});

test('kill-queries has nothing to kill where the engine runs inside its users', async () => {
  const directory = makeShop();
  const variables = { DATABASE_URL: 'sqlite:///app.db' };
  await runCli(directory, ['up'], variables);

  const { exitCode, stdout } = await runCli(directory, ['kill-queries', 'product'], variables);

  expect({ exitCode, stdout }).toEqual({
    exitCode: 0,
    stdout: 'nothing to kill: the engine runs inside the processes that use it\n',
  });
});
