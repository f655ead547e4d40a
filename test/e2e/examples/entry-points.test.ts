import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import type { TestServer } from '../../../src/testing/describe-each-server.ts';
import { runCli } from '../../cli/run-cli.ts';
import { describeEachServer, describeServers } from '../../servers/describe-each-server.ts';
import { plainLine } from './serve-example.ts';

const directory = 'examples/rowhouse/three-databases';
const services = ['auth', 'user', 'gateway'] as const;

type Variables = Readonly<Record<string, string>>;

describeServers(['postgresql-16', 'sqlite-node'], 'the scripts of the example', (server) => {
  test('migrate an environment as a whole, and a service on its own, up and down', async () => {
    await using staging = await databasesFor(server);
    const { variables } = staging;

    const migrated = await script('migrate.sh', ['staging'], variables);
    const healthy = await script('health-check.sh', ['staging'], variables);
    const back = await script('db-rollback.sh', ['user'], variables);
    const positions = await current(variables);
    const again = await script('db-migrate.sh', ['user'], variables);
    await script('db-rollback.sh', ['auth', 'base'], variables);
    const begun = await script('db-init.sh', ['auth'], variables);

    expect(migrated).toContain('the database is what its revisions make');
    expect(healthy).toBe('auth: OK\nuser: OK\ngateway: OK\n');
    expect(back).toMatch(/^taken back \w{12} +initial schema\n$/);
    expect(positions).toEqual([1, 0, 1]);
    expect(again).toMatch(/^applied \w{12} +initial schema\n$/);
    expect(begun).toMatch(/applied \w{12} +initial schema\n[^]*roles\.json/);
    expect(await current(variables)).toEqual([1, 1, 1]);
  });

  test('refuse to guess an environment or a service', async () => {
    await expect(script('migrate.sh', [], {})).rejects.toThrow('name an environment');
    await expect(script('db-migrate.sh', [], {})).rejects.toThrow('name a service');
  });
});

describeEachServer('the commands of the manifests for Kubernetes', (server) => {
  test('may run in several Pods at once: each revision is applied by one, and all end well', async () => {
    await using databases = await databasesFor(server);
    const [job] = commandsIn('migrate-job.yaml');
    const [init] = commandsIn('auth.yaml');

    const ended = await Promise.all(
      [job, init, init].map(async (words = []) => await runCli(directory, words, databases.variables)),
    );

    expect(ended.map(({ exitCode, stderr }) => [exitCode, stderr])).toEqual([
      [0, ''],
      [0, ''],
      [0, ''],
    ]);
    const applied = ended.flatMap(({ stdout }) => stdout.match(/applied \w{12}/g) ?? []);
    expect(new Set(applied).size).toBe(applied.length);
    expect(await current(databases.variables)).toEqual([1, 1, 1]);
  });
});

test('only what migrates gets the account of migrations', () => {
  const [init = '', service = ''] = read('auth.yaml').split(/^ {6}containers:$/m);

  expect(init).toContain('migration-account');
  expect(service).not.toContain('migration-account');
});

function read(manifest: string): string {
  return readFileSync(`${directory}/kubernetes/${manifest}`, 'utf8');
}

/** What the containers run, without `npx rowhouse`. */
function commandsIn(manifest: string): readonly (readonly string[])[] {
  return [...read(manifest).matchAll(/command: (\[.*\])/g)].map(([, words = '']) => {
    const [npx, rowhouse, ...rest] = JSON.parse(words.replaceAll("'", '"')) as string[];
    expect([npx, rowhouse]).toEqual(['npx', 'rowhouse']);
    return rest;
  });
}

async function script(name: string, words: readonly string[], variables: Variables): Promise<string> {
  const bin = `${process.execPath} ${resolve('dist/cli/bin.js')}`;
  const env = { PATH: process.env['PATH'], ROWHOUSE: bin, ...variables };
  const { stdout } = await promisify(execFile)(resolve(directory, 'scripts', name), words, { env });
  return stdout;
}

/** How many revisions each service has applied. */
async function current(variables: Variables): Promise<readonly number[]> {
  const { stdout } = await runCli(directory, ['current', '--json'], variables);
  const said = JSON.parse(stdout) as { readonly services: Record<string, { readonly current: readonly string[] }> };
  return services.map((service) => said.services[service]?.current.length ?? Number.NaN);
}

interface Databases extends AsyncDisposable {
  readonly variables: Variables;
}

async function databasesFor(server: TestServer): Promise<Databases> {
  await using opened = new AsyncDisposableStack();
  const variables: Record<string, string> = { ...plainLine };
  for (const service of services) {
    variables[`${service.toUpperCase()}_DATABASE_URL`] = opened.use(await server.database()).url;
  }
  const kept = opened.move();
  return { variables, [Symbol.asyncDispose]: async () => await kept.disposeAsync() };
}
