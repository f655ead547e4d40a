import fastify from 'fastify';
import { expect, test } from 'vitest';
import { rowhouse } from '../../../src/http/adapters/fastify.ts';
import { createApi, type ApiOptions } from '../../../src/http/create-api.ts';
import { resource } from '../../../src/http/resource/resource.ts';
import { route } from '../../../src/http/router/custom-route.ts';
import { serve } from '../../../src/http/serve.ts';
import { integer } from '../../../src/schema/column/types.ts';
import { table } from '../../../src/schema/table/table.ts';
import { describeServers } from '../../servers/describe-each-server.ts';
import { serveSchema } from './serve-schema.ts';

const members = table('member', { id: integer().primaryKey() });
const parts = [resource(members, { prefix: '/members' })];
const post = {
  method: 'POST',
  body: '{"id": 7}',
  headers: { 'content-type': 'application/json', 'x-caller': 'ada' },
};

describeServers(['sqlite'], 'a request on a socket', (server) => {
  test('is a request of the web for whoever says whose it is', async () => {
    await using library = await serveSchema(server, { members }, []);
    const seen: unknown[] = [];
    const key = (request: Request): string => {
      seen.push(request instanceof Request, request.method, new URL(request.url).pathname);
      seen.push(request.headers.get('X-Caller'), request.bodyUsed, request.signal.aborted, request.redirect);
      return 'ada';
    };
    await using running = await serve(createApi(library.database, parts, { rateLimit: { key, limit: 9 } }), {
      port: 0,
    });

    await fetch(`${running.url}/members`, post);

    expect(seen).toEqual([true, 'POST', '/members', 'ada', false, false, 'follow']);
  });

  test('has a body that may be read from a copy, and the route reads it all the same', async () => {
    await using library = await serveSchema(server, { members }, []);
    const key = async (request: Request): Promise<string> => await request.clone().text();
    const keys: string[] = [];
    const limit = {
      limit: 9,
      windowMs: 1_000,
      take: (taken: string) => (keys.push(taken), { remaining: 1, resetMs: 1 }),
    };
    await using running = await serve(createApi(library.database, parts, { rateLimit: { key, limit } }), { port: 0 });

    const created = await fetch(`${running.url}/members`, post);

    expect([created.status, keys]).toEqual([201, ['{"id": 7}']]);
  });

  test('has no body left for the scope once the route has read it', async () => {
    await using library = await serveSchema(server, { members }, []);
    const seen: unknown[] = [];
    const scope: ApiOptions['scope'] = (request) => {
      seen.push(request.headers.get('x-caller'), request.bodyUsed);
      return library.database;
    };
    await using running = await serve(createApi(library.database, parts, { scope }), { port: 0 });

    const created = await fetch(`${running.url}/members`, post);

    expect([created.status, seen]).toEqual([201, ['ada', true]]);
  });

  test('can be sent on by a route of one’s own, and its body is read once', async () => {
    await using library = await serveSchema(server, { members }, []);
    const own = [
      route('GET', '/on', async ({ request }) => ({ on: new Request(request).headers.get('x-caller') })),
      route('POST', '/read', async ({ request, body }) => ({ body, used: request.bodyUsed })),
    ];
    await using running = await serve(createApi(library.database, own), { port: 0 });

    const on = await fetch(`${running.url}/on`, { headers: { 'x-caller': 'ada' } });
    const read = await fetch(`${running.url}/read`, post);

    expect(await on.json()).toEqual({ on: 'ada' });
    expect(await read.json()).toEqual({ body: { id: 7 }, used: true });
  });

  test('gets every cookie of a response, on Node and in Fastify', async () => {
    await using library = await serveSchema(server, { members }, []);
    const headers: [string, string][] = [
      ['set-cookie', 'a=1'],
      ['set-cookie', 'b=2'],
    ];
    const own = [route('GET', '/cookies', async () => await Promise.resolve(new Response('', { headers })))];
    await using running = await serve(createApi(library.database, own), { port: 0 });
    const app = fastify();
    app.register(rowhouse(library.database, own));

    const onNode = await fetch(`${running.url}/cookies`);
    const inFastify = await app.inject('/cookies');
    await app.close();

    expect(onNode.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    expect(inFastify.headers['set-cookie']).toEqual(['a=1', 'b=2']);
  });

  test('is answered with a length', async () => {
    await using library = await serveSchema(server, { members }, []);
    await using running = await serve(createApi(library.database, parts), { port: 0 });

    const listed = await fetch(`${running.url}/members`);
    const length = Buffer.byteLength(await listed.text());

    expect(listed.headers.get('content-length')).toBe(String(length));
    expect(listed.headers.has('transfer-encoding')).toBe(false);
  });
});
