import { expect, test } from 'vitest';
import { sql } from '../../src/sql/sql.ts';
import { openUrl } from '../integration/database/open-url.ts';
import { describeServers } from '../servers/describe-each-server.ts';
import { makeAccount } from '../servers/make-account.ts';
import { refusal } from './refusal.ts';
import { runCli } from './run-cli.ts';
import { makeShop, variablesFor } from './shop-project.ts';
import { startCli } from './start-cli.ts';

describeServers(['postgresql', 'mysql', 'mariadb'], 'the account of migrations', (server) => {
  test('makes the tables; the service runs with its own, which can change no definition', async () => {
    await using temporary = await server.database();
    await using account = await makeAccount(server, temporary.url);
    const { username, password } = new URL(temporary.url);
    const runtime = variablesFor(account.url);
    const job = { ...runtime, MIGRATION_DB_USER: username, MIGRATION_DB_PASSWORD: password || 'none' };
    const directory = makeShop();

    const refused = await refusal(directory, ['up'], runtime);
    const applied = await runCli(directory, ['up'], job);
    await account.letWrite('product', 'rowhouse_client');
    const served = startCli(directory, ['serve', '--port', '0', '--json'], job);
    await served.says('"url"');
    const { url } = JSON.parse(served.printed()) as { readonly url: string };
    const made = await fetch(`${url}/products`, {
      method: 'POST',
      body: '{ "id": 7, "name": "tea" }',
      headers: { 'content-type': 'application/json' },
    });
    const users = await usersIn(temporary.url);
    const clients = await runCli(directory, ['clients', '--json'], job);
    served.process.kill('SIGTERM');

    expect(refused).toMatchObject({ code: 'PERMISSION_DENIED' });
    expect(applied).toMatchObject({ exitCode: 0, stdout: 'applied aaaaaaaaaaaa  first\n' });
    expect(made.status).toBe(201);
    expect(users).toEqual([account.user]);
    expect(JSON.parse(clients.stdout)).toMatchObject({
      services: { app: { clients: [{ service: 'app', revision: 'aaaaaaaaaaaa', isLive: true }] } },
    });
    expect(await served.ended()).toMatchObject({ exitCode: 0, stderr: 'closing\n' });
  });

  test('is refused in production when it is that of the service', async () => {
    await using temporary = await server.database();
    await using account = await makeAccount(server, temporary.url);
    const one = { MIGRATION_DB_USER: account.user, MIGRATION_DB_PASSWORD: account.password, ENVIRONMENT: 'production' };

    const refused = await refusal(makeShop(), ['up'], { ...variablesFor(account.url), ...one });

    expect(refused).toMatchObject({
      exitCode: 2,
      code: 'CONFIG_CONFLICT',
      message: 'app: migrations and the service have one account in production',
    });
  });

  /** Who is connected to the database, whoever asks aside. */
  async function usersIn(url: string): Promise<readonly unknown[]> {
    await using database = await openUrl(url);
    const rows = await database.query(
      server.engine === 'postgresql'
        ? sql`select distinct usename as who from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`
        : sql`select distinct user as who from information_schema.processlist where db = database() and id <> connection_id()`,
    );
    return rows.map(({ who }) => who);
  }
});
