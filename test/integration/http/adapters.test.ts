import fastify from 'fastify';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { rowhouse } from '../../../src/http/adapters/fastify.ts';
import { createApi } from '../../../src/http/create-api.ts';
import { serve } from '../../../src/http/serve.ts';
import { sql } from '../../../src/sql/sql.ts';
import { describeServers } from '../../servers/describe-each-server.ts';
import { openUrl } from '../database/open-url.ts';
import { bookResource, authorResource, authors, books } from './library.ts';
import { serveSchema } from './serve-schema.ts';

const author = JSON.stringify({ name: 'Ada', email: 'ada@example.org', password: 'secret' });
const json = { 'content-type': 'application/json' };

describeServers(['sqlite', 'postgresql-15'], 'an API on a socket', (server) => {
  test('is served by Node alone', async () => {
    await using library = await serveSchema(server, { authors, books }, []);
    await using running = await serve(createApi(library.database, [authorResource]), { port: 0 });
    const send = async (path: string, init?: RequestInit): Promise<Response> => await fetch(running.url + path, init);

    const created = await send('/authors', {
      method: 'POST',
      body: author,
      headers: { ...json, 'x-request-id': 'call-7' },
    });
    const found = await send(created.headers.get('location') ?? '');
    const head = await send('/authors', { method: 'HEAD' });
    const options = await send('/authors', { method: 'OPTIONS' });
    const put = await send('/authors', { method: 'PUT' });

    expect(created.status).toBe(201);
    expect(created.headers.get('x-request-id')).toBe('call-7');
    expect(await found.json()).toMatchObject({ name: 'Ada' });
    expect([head.status, await head.text()]).toEqual([200, '']);
    expect([options.status, options.headers.get('allow')]).toEqual([204, 'GET, HEAD, POST, OPTIONS']);
    expect([put.status, put.headers.get('allow')]).toEqual([405, 'GET, HEAD, POST, OPTIONS']);
  });

  test('answers with problems to what is no JSON, too large or of another type', async () => {
    await using library = await serveSchema(server, { authors, books }, []);
    const api = createApi(library.database, [authorResource], { bodyLimitBytes: 100 });
    await using running = await serve(api, { port: 0 });
    const post = async (body: string, type = 'application/json'): Promise<unknown> => {
      const answer = await fetch(`${running.url}/authors`, { method: 'POST', body, headers: { 'content-type': type } });
      return await answer.json();
    };

    expect(await post('{"name": "A')).toMatchObject({ status: 400, code: 'REQUEST_INVALID' });
    expect(await post(JSON.stringify({ name: 'A'.repeat(100) }))).toMatchObject({
      status: 413,
      code: 'BODY_TOO_LARGE',
    });
    expect(await post('name=A', 'application/x-www-form-urlencoded')).toMatchObject({ status: 415 });
    expect(await post('')).toMatchObject({ status: 400, errors: [{ pointer: '#' }] });
  });

  test('takes bodies as they are: one that is compressed is refused with what it takes', async () => {
    await using library = await serveSchema(server, { authors, books }, []);
    await using running = await serve(createApi(library.database, [authorResource]), { port: 0 });
    const post = async (body: string | Uint8Array<ArrayBuffer>, coding: string): Promise<Response> =>
      await fetch(`${running.url}/authors`, { method: 'POST', body, headers: { ...json, 'content-encoding': coding } });

    const zipped = await post(Uint8Array.from(gzipSync(author)), 'gzip');
    const plain = await post(author, 'Identity');

    expect([zipped.status, zipped.headers.get('accept-encoding'), plain.status]).toEqual([415, 'identity', 201]);
    expect(await zipped.json()).toMatchObject({
      code: 'MEDIA_TYPE_UNSUPPORTED',
      detail: 'the body must not be compressed: send it without Content-Encoding',
    });
  });

  test('tells whether it lives and whether it is ready', async () => {
    await using library = await serveSchema(server, { authors, books }, []);
    await using running = await serve(createApi(library.database, [], { health: { path: '/_db/health' } }), {
      port: 0,
    });
    const statuses = async (): Promise<readonly number[]> =>
      await Promise.all(
        ['/livez', '/readyz', '/_db/health'].map(async (path) => (await fetch(running.url + path)).status),
      );

    const before = await statuses();
    await library.database.close();
    const after = await statuses();

    expect(before).toEqual([200, 200, 200]);
    expect(after).toEqual([200, 503, 503]);
  });

  test('answers 503 with Retry-After while the database is away', async () => {
    await using library = await serveSchema(server, { authors, books }, [authorResource]);
    await library.database.close();

    const answer = await library.send('GET', '/authors');

    expect(answer.status).toBe(503);
    expect(answer.headers.get('retry-after')).toBe('2');
  });

  test('mounts into a Fastify application in one line and leaves its routes alone', async () => {
    await using library = await serveSchema(server, { authors, books }, []);
    const app = fastify();
    app.post('/own', (request) => ({ got: request.body }));
    app.register(rowhouse(library.database, [authorResource, bookResource], { prefix: '/api' }));
    await app.ready();

    const created = await app.inject({ method: 'POST', url: '/api/authors', payload: author, headers: json });
    const found = await app.inject(created.headers.location ?? '');
    const refused = await app.inject({ method: 'DELETE', url: '/api/books' });
    const docs = await app.inject('/api/docs');
    const own = await app.inject({ method: 'POST', url: '/own', payload: { a: 1 } });
    await app.close();

    expect(created.statusCode).toBe(201);
    expect([found.json(), found.headers['content-type']]).toMatchObject([{ name: 'Ada' }, 'application/json']);
    expect([refused.statusCode, refused.headers['content-type']]).toEqual([405, 'application/problem+json']);
    expect(docs.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(own.json()).toEqual({ got: { a: 1 } });
    expect(await library.database.query(sql`select 1`)).toHaveLength(1);
  });

  test('opens and closes its database with the application, under the application’s prefix', async () => {
    await using temporary = await server.database();
    const app = fastify();
    app.register(
      rowhouse(async () => await openUrl(temporary.url)),
      { prefix: '/v1' },
    );
    await app.ready();
    const { database } = app as unknown as { database: Awaited<ReturnType<typeof openUrl>> };

    const health = await app.inject('/v1/_sql/health');
    await app.close();

    expect(health.json()).toMatchObject({ status: 'healthy', checks: [{ name: 'database', status: 'ok' }] });
    await expect(database.transaction(async () => await Promise.resolve())).rejects.toMatchObject({
      code: 'POOL_CLOSED',
    });
  });
});
