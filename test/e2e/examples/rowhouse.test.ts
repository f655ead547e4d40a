import { expect, test } from 'vitest';
import type { TestServer } from '../../../src/testing/describe-each-server.ts';
import { runCli } from '../../cli/run-cli.ts';
import { describeServers } from '../../servers/describe-each-server.ts';
import { ask } from './ask.ts';
import { plainLine, serveExample } from './serve-example.ts';

const servers = ['postgresql-16', 'sqlite'];
const services = ['auth', 'user', 'gateway'] as const;

describeServers(servers, 'the services of the example in three databases', (server) => {
  const directory = 'examples/rowhouse/three-databases';

  test('each have their own tables', async () => {
    await using databases = await threeDatabases(server);
    const { environment } = databases;

    const applied = await runCli(directory, ['up', '--json'], environment);
    const seeded = await runCli(directory, ['seed'], environment);
    const health = await runCli(directory, ['health'], environment);

    expect(applied).toMatchObject({ exitCode: 0, stderr: '' });
    expect(seeded).toMatchObject({ exitCode: 0 });
    expect(health.stdout).toBe('auth: OK\nuser: OK\ngateway: OK\n');
    await using gateway = await serveExample(directory, environment, ['--service', 'gateway']);
    expect(await ask('GET', `${gateway.url}/routes?service=eq.auth`)).toMatchObject({
      status: 200,
      body: { items: [{ method: 'POST', path: '/sessions', requestsPerMinute: 30 }] },
    });
    expect((await ask('GET', `${gateway.url}/users`)).status).toBe(404);
  });
});

describeServers(servers, 'the services of the example in one database', (server) => {
  const directory = 'examples/rowhouse/one-database';

  test('go up and down each on its own', async () => {
    await using database = await server.database();
    const environment = { DATABASE_URL: database.url, ...plainLine };

    expect((await runCli(directory, ['up'], environment)).exitCode).toBe(0);
    expect((await runCli(directory, ['down', 'base', '--service', 'user'], environment)).exitCode).toBe(0);

    const { stdout } = await runCli(directory, ['current', '--json'], environment);
    const found = JSON.parse(stdout) as { services: Record<string, unknown> };
    expect(Object.keys(found.services)).toEqual([...services]);
    expect((await runCli(directory, ['up'], environment)).stdout).toMatch(
      /auth: nothing to do\nuser: applied .*\ngateway: nothing to do\n/,
    );
  });

  test('know people by an id that two services share', async () => {
    await using database = await server.database();
    const environment = { DATABASE_URL: database.url, ...plainLine };
    await runCli(directory, ['up'], environment);
    await using auth = await serveExample(directory, environment, ['--service', 'auth']);
    await using user = await serveExample(directory, environment, ['--service', 'user']);

    const { body } = await ask('POST', `${auth.url}/users`, { email: 'ada@example.org', passwordHash: 'x' });
    const { id } = body as { id: string };
    const profile = await ask('POST', `${user.url}/profiles`, { userId: id, displayName: 'Ada' });

    expect(profile).toMatchObject({ status: 201, body: { userId: id, preferences: null } });
    expect((await ask('GET', `${user.url}/profiles/${id}`)).body).toMatchObject({ displayName: 'Ada' });
  });
});

interface ThreeDatabases extends AsyncDisposable {
  readonly environment: Readonly<Record<string, string>>;
}

async function threeDatabases(server: TestServer): Promise<ThreeDatabases> {
  await using opened = new AsyncDisposableStack();
  const environment: Record<string, string> = { ...plainLine };
  for (const service of services) {
    const database = opened.use(await server.database());
    environment[`${service.toUpperCase()}_DATABASE_URL`] = database.url;
  }
  const kept = opened.move();
  return { environment, [Symbol.asyncDispose]: async () => await kept.disposeAsync() };
}
