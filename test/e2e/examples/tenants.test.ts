import { expect, test } from 'vitest';
import { runCli } from '../../cli/run-cli.ts';
import { openUrl } from '../../integration/database/open-url.ts';
import { describeEachServer } from '../../servers/describe-each-server.ts';
import { makeAccount } from '../../servers/make-account.ts';
import { ask, type Answer } from './ask.ts';
import { plainLine, runServer } from './serve-example.ts';

const directory = 'examples/tenants';

type Ask = (method: string, path: string, body?: unknown) => Promise<Answer>;

describeEachServer('the example of a service with tenants', (server) => {
  test('serves two companies that see nothing of each other, and does not start without its fences', async () => {
    await using temporary = await server.database();
    const owner = { ...plainLine, DATABASE_URL: temporary.url };
    expect(await runCli(directory, ['up'], owner)).toMatchObject({ exitCode: 0 });
    expect(await runCli(directory, ['seed'], owner)).toMatchObject({ exitCode: 0 });
    const hasFence = server.engine === 'postgresql';
    await using account = hasFence ? await makeAccount(server, temporary.url) : undefined;
    await account?.letWrite('company', 'customer', 'invoice');
    const environment = { ...plainLine, DATABASE_URL: account?.url ?? temporary.url, PORT: '0' };
    await using api = await runServer(directory, environment, ['server.ts']);
    const as = (token: string): Ask => {
      return async (method, path, body) =>
        await ask(method, `${api.url}${path}`, body, { authorization: `Bearer ${token}`, 'if-match': '*' });
    };
    const [acme, umbrella] = [as('acme'), as('umbrella')];

    const ada = await acme('POST', '/customers', { email: 'ada@example.org', name: 'Ada' });
    const { id } = ada.body as { id: string };
    const invoice = { number: 1, customerId: id, cents: 1200 };

    expect(ada).toMatchObject({ status: 201, body: { name: 'Ada' } });
    expect(await acme('POST', '/invoices', invoice)).toMatchObject({ status: 201, body: { cents: 1200 } });
    expect(await umbrella('POST', '/invoices', invoice)).toMatchObject({ status: 409 });
    expect(await umbrella('POST', '/customers', { email: 'ada@example.org', name: 'Grace' })).toMatchObject({
      status: 201,
    });
    expect(await acme('GET', '/customers')).toMatchObject({ body: { items: [{ name: 'Ada' }] } });
    expect(await umbrella('GET', '/customers')).toMatchObject({ body: { items: [{ name: 'Grace' }] } });
    expect(await umbrella('GET', '/invoices')).toMatchObject({ body: { items: [] } });
    for (const [method, body] of [['GET'], ['PATCH', { name: 'Grace' }], ['DELETE']] as const) {
      expect(await umbrella(method, `/customers/${id}`, body)).toMatchObject({ status: 404 });
    }
    expect(await as('nobody')('GET', '/customers')).toMatchObject({ status: 403 });
    expect(await acme('GET', `/customers/${id}`)).toMatchObject({ status: 200, body: { name: 'Ada' } });
    expect(await api.stop()).toBe(0);

    if (!hasFence) return;
    await using database = await openUrl(temporary.url);
    await database.run({ sql: 'drop policy invoice_tenant on invoice' }, []);
    const refused = await runCli(directory, [], environment, 'server.ts');
    expect(refused).toMatchObject({ exitCode: 1, stdout: '' });
    expect(refused.stderr).toContain('table invoice has no policy invoice_tenant');
  });
});
