import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { describeEachServer } from '../servers/describe-each-server.ts';
import { refusal } from './refusal.ts';
import { makeProject, runCli } from './run-cli.ts';
import { variablesFor } from './shop-project.ts';
import { startCli } from './start-cli.ts';

const project = {
  'rowhouse.config.ts': `import { defineProject, service } from 'rowhouse';
import { accountResource } from './account/resource.ts';
import { accounts } from './account/schema.ts';
import { salesOrderResource } from './sales-order/resource.ts';
import { salesOrders } from './sales-order/schema.ts';

export default defineProject({
  services: {
    app: service({
      schema: { accounts, salesOrders },
      migrations: './migrations',
      resources: [accountResource, salesOrderResource],
    }),
  },
});
`,
  'tsconfig.json': JSON.stringify({
    extends: resolve('test/package/consumer/tsconfig.json'),
    compilerOptions: {
      typeRoots: [resolve('node_modules/@types')],
      allowImportingTsExtensions: true,
      skipLibCheck: true,
    },
    files: [],
    include: ['**/*.ts'],
  }),
};

const variants = [[], ['--tenant'], ['--soft-delete'], ['--tenant', '--soft-delete']];

test('every scaffold compiles in the strictest mode and has nothing that the linter complains about', async () => {
  const directory = makeProject({ 'tsconfig.json': project['tsconfig.json'] });
  for (const [index, flags] of variants.entries())
    for (const kind of ['entity', 'auth'])
      expect(
        await runCli(directory, ['scaffold', `${kind}-${index}`, '--kind', kind, '--directory', 'made', ...flags]),
      ).toMatchObject({ exitCode: 0 });

  expect(readdirSync(join(directory, 'made'))).toHaveLength(8);
  expect(output('tsc', ['-p', directory])).toBe('');
  expect(
    output('oxlint', ['--type-aware', '--deny-warnings', '-c', resolve('.oxlintrc.json'), join(directory, 'made')]),
  ).toContain('Found 0 warnings and 0 errors');
  expect(output('oxfmt', ['--check', '-c', resolve('.oxfmtrc.json'), join(directory, 'made')])).toContain(
    'correct format',
  );
});

describeEachServer('what is scaffolded', (server) => {
  test('is migrated, and served with its rules', async () => {
    await using database = await server.database();
    const variables = variablesFor(database.url);
    const directory = makeProject(project);
    await runCli(directory, ['scaffold', 'account', '--kind', 'auth']);
    await runCli(directory, ['scaffold', 'SalesOrder', '--soft-delete']);
    for (const words of [['revision', '--autogenerate', '-m', 'first'], ['up']])
      expect(await runCli(directory, words, variables)).toMatchObject({ exitCode: 0 });
    const served = startCli(directory, ['serve', '--port', '0', '--json'], variables);
    await served.says('"url"');
    const { url } = JSON.parse(served.printed()) as { readonly url: string };
    const post = async (
      path: string,
      body: object,
    ): Promise<{ status: number; body: Readonly<Record<string, unknown>> }> => {
      const answer = await fetch(url + path, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json' },
      });
      return { status: answer.status, body: (await answer.json()) as Readonly<Record<string, unknown>> };
    };

    const account = await post('/accounts', { email: 'ada@example.org', password: 'correct horse' });
    const order = await post('/sales-orders', { name: '  tea  ' });

    expect(account).toMatchObject({ status: 201, body: { email: 'ada@example.org', active: true } });
    expect(Object.keys(account.body)).not.toContain('passwordHash');
    expect(Object.keys(account.body)).not.toContain('password');
    expect(order).toMatchObject({ status: 201, body: { name: 'tea', deletedAt: null } });
    const found = (await (await fetch(`${url}/sales-orders?q=tea`)).json()) as { items: readonly unknown[] };
    expect(found.items).toEqual([order.body]);

    served.process.kill('SIGTERM');
    expect(await served.ended()).toMatchObject({ exitCode: 0 });
  });
});

describeEachServer('what is scaffolded for tenants', (server) => {
  test('shows each tenant its own rows', async () => {
    await using database = await server.database();
    const variables = variablesFor(database.url);
    const directory = makeProject({
      'rowhouse.config.ts': `import { defineProject, service } from 'rowhouse';
import { invoices } from './invoice/schema.ts';

export default defineProject({ services: { app: service({ schema: { invoices }, migrations: './migrations' }) } });
`,
      'serve-tenants.ts': `import { connect, fromEnvironment } from 'rowhouse';
import { createApi } from 'rowhouse/http';
import { invoiceResource } from './invoice/resource.ts';
import { invoices } from './invoice/schema.ts';

const tenants = ['0198c6c1-7a1e-7cc1-9a55-5b7d1f0f6a01', '0198c6c1-7a1e-7cc1-9a55-5b7d1f0f6a02'] as const;
await using database = await connect({ invoices }, fromEnvironment(process.env));
const scope = async (request: Request) => database.forTenant(tenants[Number(request.headers.get('tenant'))] ?? '');
const api = createApi(database, [invoiceResource], { scope });
const headers = { 'content-type': 'application/json', tenant: '0' };
const url = 'http://localhost/invoices';
const made = await api.handle(new Request(url, { method: 'POST', headers, body: '{ "name": "tea" }' }));
const found = [0, 1].map(async (tenant) => {
  const answer = await api.handle(new Request(url, { headers: { tenant: String(tenant) } }));
  return ((await answer.json()) as { items: unknown[] }).items.length;
});
console.log(JSON.stringify([made.status, ...(await Promise.all(found))]));
`,
    });
    await runCli(directory, ['scaffold', 'invoice', '--tenant', '--soft-delete']);
    for (const words of [['revision', '--autogenerate', '-m', 'first'], ['up']])
      expect(await runCli(directory, words, variables)).toMatchObject({ exitCode: 0 });

    const served = await runCli(directory, [], variables, join(directory, 'serve-tenants.ts'));

    expect(served).toMatchObject({ exitCode: 0, stdout: '[201,1,0]\n' });
  });
});

test('what is there already is never written over, and then nothing is written at all', async () => {
  const directory = makeProject({ 'invoice/service.ts': 'mine\n' });

  const said = await refusal(directory, ['scaffold', 'invoice']);

  expect(said).toMatchObject({ exitCode: 1, code: 'FILE_FAILED', details: { files: [join('invoice', 'service.ts')] } });
  expect(readFileSync(join(directory, 'invoice/service.ts'), 'utf8')).toBe('mine\n');
  expect(existsSync(join(directory, 'invoice/schema.ts'))).toBe(false);
});

test('a kind that is not there and a name that is none are refused', async () => {
  const directory = makeProject({});

  expect(await refusal(directory, ['scaffold', 'invoice', '--kind', 'robot'])).toMatchObject({
    code: 'USAGE',
    exitCode: 2,
  });
  expect(await refusal(directory, ['scaffold', '../invoice'])).toMatchObject({ code: 'USAGE', exitCode: 2 });
});

function output(program: string, words: readonly string[]): string {
  try {
    return execFileSync(join('node_modules/.bin', program), [...words], { encoding: 'utf8' });
  } catch (error) {
    const { stdout, stderr } = error as { readonly stdout: string; readonly stderr: string };
    return `failed: ${stdout}${stderr}`;
  }
}
