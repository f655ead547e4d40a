import fastify from 'fastify';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { RowhouseError } from '../../../src/errors/rowhouse-error.ts';
import { rowhouse } from '../../../src/http/adapters/fastify.ts';
import { createApi, type ApiOptions } from '../../../src/http/create-api.ts';
import { route } from '../../../src/http/router/custom-route.ts';
import { serve } from '../../../src/http/serve.ts';
import { describeServers } from '../../servers/describe-each-server.ts';
import { serveSchema } from './serve-schema.ts';

const wrapped = new Error('the report failed', {
  cause: new RowhouseError('STATEMENT_FAILED', 'the server refused the statement', {
    cause: new Error('bad text: ada@example.org'),
  }),
});

const parts = [
  route('GET', '/broken', () => Promise.reject(new TypeError('name is undefined'))),
  route('GET', '/wrapped', () => Promise.reject(wrapped)),
  route('GET', '/thrown', () => Promise.reject('no error at all' as unknown as Error)),
  route('GET', '/missing', () => Promise.reject(new RowhouseError('ROW_NOT_FOUND', 'no such row'))),
];

describeServers(['sqlite-node'], 'an error that is not the client’s, where no onError hears of it', (server) => {
  const lines: string[] = [];
  const told = (): readonly Record<string, unknown>[] =>
    lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  beforeEach(() => {
    lines.length = 0;
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => lines.push(String(text)) > 0);
  });
  afterEach(() => vi.restoreAllMocks());

  test('is a line on standard error with its stack and the request’s id', async () => {
    await using api = await serveSchema(server, {}, parts);

    const answer = await api.send('GET', '/broken?token=s3cret');

    expect(answer).toMatchObject({ status: 500, body: { code: 'INTERNAL' } });
    const requestId = answer.headers.get('x-request-id');
    expect(told()).toMatchObject([{ message: 'request failed', method: 'GET', path: '/broken', requestId }]);
    expect(told()[0]?.['stack']).toMatch(/^TypeError: name is undefined\n +at .+unheard-errors\.test\.ts/);
    expect(lines.join('')).not.toContain('s3cret');
  });

  test('is told by serve as well', async () => {
    await using library = await serveSchema(server, {}, []);
    await using running = await serve(createApi(library.database, parts), { port: 0 });

    const answer = await fetch(`${running.url}/broken`);

    expect(answer.status).toBe(500);
    expect(told()).toMatchObject([{ path: '/broken', requestId: answer.headers.get('x-request-id') }]);
  });

  test('is told with its causes, but not with what an engine said: that may quote a row', async () => {
    await using api = await serveSchema(server, {}, parts);

    await api.send('GET', '/wrapped');
    await api.send('GET', '/thrown');

    const [{ stack } = {}, thrown] = told();
    expect(stack).toMatch(
      /^Error: the report failed\n[^]+\ncaused by: RowhouseError: the server refused the statement\n/,
    );
    expect(stack).not.toContain('ada@example.org');
    expect(thrown).toMatchObject({ stack: 'no error at all' });
  });

  test('leaves standard error alone where onError hears of it, or the error is the client’s', async () => {
    const heard: unknown[] = [];
    const options: ApiOptions = { onError: (error) => heard.push(error) };
    await using listening = await serveSchema(server, {}, parts, options);
    await using api = await serveSchema(server, {}, parts);

    await listening.send('GET', '/broken');
    const missing = await api.send('GET', '/missing');

    expect(missing.status).toBe(404);
    expect(heard).toMatchObject([{ message: 'name is undefined' }]);
    expect(lines).toEqual([]);
  });

  test('is in the log of Fastify with the id of the request', async () => {
    await using library = await serveSchema(server, {}, []);
    const logged: string[] = [];
    const stream = new PassThrough().on('data', (line: Buffer) => logged.push(line.toString()));
    const heard: unknown[] = [];
    const app = fastify({ logger: { level: 'error', stream } });
    app.register(rowhouse(library.database, parts), { prefix: '/plain' });
    const listening = fastify({ logger: { level: 'error', stream } });
    listening.register(rowhouse(library.database, parts, { onError: (error) => heard.push(error) }));

    const answer = await app.inject('/plain/broken');
    await app.inject('/plain/wrapped');
    await listening.inject('/broken');
    await app.close();
    await listening.close();

    const [first, second, ...more] = logged.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(first).toMatchObject({
      msg: 'request failed',
      requestId: answer.headers['x-request-id'],
      err: { type: 'TypeError', message: 'name is undefined', stack: expect.stringContaining('.test.ts') as string },
    });
    expect(second).toMatchObject({ err: { message: 'the report failed: the server refused the statement' } });
    expect([more, heard.length, lines]).toEqual([[], 1, []]);
    expect(logged.join('')).not.toContain('ada@example.org');
  });
});
