import { Hono } from 'hono';
import { expect, test } from 'vitest';
import { createApi } from '../../../src/http/create-api.ts';
import { describeServers } from '../../servers/describe-each-server.ts';
import { authorResource, authors, books } from './library.ts';
import { serveSchema } from './serve-schema.ts';

const author = { name: 'Ada', email: 'ada@example.org', password: 'secret' };
const post = {
  method: 'POST',
  body: JSON.stringify(author),
  headers: { 'content-type': 'application/json' },
};

describeServers(['sqlite', 'postgresql-15'], 'an API as a function from request to response', (server) => {
  test('is mounted into a Hono application beside its routes', async () => {
    await using library = await serveSchema(server, { authors, books }, []);
    const { handle } = createApi(library.database, [authorResource], { prefix: '/api' });
    const app = new Hono();
    app.get('/own', (context) => context.json({ own: true }));
    app.all('/api/*', async (context) => await handle(context.req.raw));

    const created = await app.request('/api/authors', post);
    const found = await app.request(created.headers.get('location') ?? '');
    const missing = await app.request('/api/nothing');
    const own = await app.request('/own');

    expect(created.status).toBe(201);
    expect(await found.json()).toMatchObject({ name: 'Ada' });
    expect([missing.status, missing.headers.get('content-type')]).toEqual([404, 'application/problem+json']);
    expect(await own.json()).toEqual({ own: true });
  });

  test('is what Bun, Deno and workers export', async () => {
    await using library = await serveSchema(server, { authors, books }, []);
    const exported = { fetch: createApi(library.database, [authorResource]).handle };

    const response = await exported.fetch(new Request('https://library.test/authors', post));

    expect([response.status, response.headers.get('location')]).toEqual([
      201,
      `/authors/${((await response.json()) as { id: string }).id}`,
    ]);
  });
});
