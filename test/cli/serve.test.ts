import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { describeEachServer } from '../servers/describe-each-server.ts';
import { refusal } from './refusal.ts';
import { runCli } from './run-cli.ts';
import { contentsOf, makeShop, variablesFor } from './shop-project.ts';
import { startCli } from './start-cli.ts';

describeEachServer('what serve is asked wrongly', (server) => {
  test('is answered with a problem that names it, and nothing is written', async () => {
    await using database = await server.database();
    const variables = variablesFor(database.url);
    const directory = makeShop();
    await runCli(directory, ['up'], variables);
    const before = await contentsOf(database.url);
    const served = startCli(directory, ['serve', '--port', '0', '--json'], variables);
    await served.says('"url"');
    const { url } = JSON.parse(served.printed()) as { readonly url: string };

    const get = async (path: string): Promise<unknown> => await problem(await fetch(url + path));
    const post = async (body: string, type = 'application/json'): Promise<unknown> =>
      await problem(await fetch(`${url}/products`, { method: 'POST', body, headers: { 'content-type': type } }));
    expect([
      await get('/products?colour=eq.red'),
      await get('/products?name=sounds.tea'),
      await get('/products?id=eq.two'),
      await get('/products?order=colour'),
      await get('/products/999'),
      await get('/nothing'),
      await post('{ "id": 1, '),
      await post('{ "id": "one", "name": "tea" }'),
      await post('{ "id": 1, "name": "tea", "colour": "red" }'),
      await post('{ "id": 1 }'),
      await post('id=1', 'text/plain'),
    ]).toMatchObject([
      { status: 400, code: 'FIELD_UNKNOWN' },
      { status: 400, code: 'OPERATOR_UNKNOWN' },
      { status: 400 },
      { status: 400 },
      { status: 404, code: 'ROW_NOT_FOUND' },
      { status: 404, code: 'ROUTE_NOT_FOUND' },
      { status: 400, code: 'REQUEST_INVALID' },
      { status: 422 },
      { status: 422 },
      { status: 422 },
      { status: 415, code: 'MEDIA_TYPE_UNSUPPORTED' },
    ]);

    served.process.kill('SIGTERM');
    expect(await served.ended()).toMatchObject({ exitCode: 0, stderr: 'closing\n' });
    expect(await contentsOf(database.url)).toEqual(before);
  });
});

describeEachServer('what is served before it was migrated', (server) => {
  test('is said to lack revisions', async () => {
    await using database = await server.database();
    const served = startCli(makeShop(), ['serve', '--port', '0'], variablesFor(database.url));

    await served.says('serving app at');

    served.process.kill('SIGTERM');
    expect((await served.ended()).stderr).toBe(
      'the database lacks 1 revision: `rowhouse up` applies what is pending\nclosing\n',
    );
  });
});

describeEachServer('the metrics of what is served', (server) => {
  test('are on a port of their own, and only there', async () => {
    await using database = await server.database();
    const directory = makeShop();
    const variables = variablesFor(database.url);
    await runCli(directory, ['up'], variables);
    const served = startCli(directory, ['serve', '--port', '0', '--json'], { ...variables, METRICS_PORT: '0' });
    await served.says('"url"');
    const { url, metrics } = JSON.parse(served.printed()) as { readonly url: string; readonly metrics: string };

    await fetch(`${url}/products`);
    const page = await fetch(metrics);
    const text = await page.text();
    const elsewhere = [await fetch(`${url}/metrics`), await fetch(new URL('/products', metrics))];

    expect(page.headers.get('content-type')).toContain('text/plain; version=0.0.4');
    expect(text).toMatch(/^db_client_operation_duration_seconds_count\{.*db_collection_name="product".*\} \d+$/m);
    expect(text).toContain('db_client_connection_count{');
    expect(elsewhere.map(({ status }) => status)).toEqual([404, 404]);
    served.process.kill('SIGTERM');
    expect(await served.ended()).toMatchObject({ exitCode: 0, stderr: 'closing\n' });
  });
});

test('a METRICS_PORT that is none is named', async () => {
  const variables = { METRICS_PORT: '70000', DATABASE_URL: 'sqlite:///app.db' };

  expect(await refusal(makeShop(), ['serve', '--port', '0'], variables)).toMatchObject({
    exitCode: 2,
    code: 'CONFIG_INVALID',
    message: 'METRICS_PORT is not a whole number from 0 to 65535',
  });
});

test('a port that is taken is named, with a hint', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;

  const said = await refusal(makeShop(), ['serve', '--port', String(port)], { DATABASE_URL: 'sqlite:///app.db' });
  other.close();

  expect(said).toMatchObject({
    exitCode: 1,
    code: 'LISTEN_FAILED',
    message: `127.0.0.1:${port} is taken by another program`,
    hint: 'choose another port, or 0 for a free one, and an address of this machine',
  });
});

test('a PORT that is none is named', async () => {
  expect(await refusal(makeShop(), ['serve'], { PORT: 'abc', DATABASE_URL: 'sqlite:///app.db' })).toMatchObject({
    exitCode: 2,
    code: 'CONFIG_INVALID',
    message: 'PORT is not a whole number from 0 to 65535',
  });
});

/** The problem document of an answer; its media type says that it is one. */
async function problem(answer: Response): Promise<unknown> {
  expect(answer.headers.get('content-type')).toContain('application/problem+json');
  const body = (await answer.json()) as Readonly<Record<string, unknown>>;
  expect(body).toMatchObject({ title: expect.any(String) as string, detail: expect.any(String) as string });
  return body;
}
