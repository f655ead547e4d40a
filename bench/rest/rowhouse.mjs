import Fastify from 'fastify';
import { benchSchema } from '../schema.mjs';

/** The same as resources of Rowhouse: in Fastify, or on the HTTP server of Node alone. */
export async function openRowhouse({ url, build, adapter }) {
  const rowhouse = await import(`${build}/index.js`);
  const { createApi, resource, serve } = await import(`${build}/http/index.js`);
  const { integer, table, tenant, text } = rowhouse;
  const { item } = benchSchema(rowhouse).tables;
  const note = table('note', { id: integer().primaryKey(), ...tenant(text()), title: text(), body: text() });
  const settings = rowhouse.fromEnvironment({
    DATABASE_URL: url,
    DATABASE_POOL_SIZE: '10',
    DATABASE_MAX_POOL_OVERFLOW: '0',
  });
  const database = await rowhouse.connect({ item, note }, settings);
  const parts = [resource(item, { prefix: '/items' }), resource(note, { prefix: '/notes' })];
  const options = { scope: (request) => scopeOf(database, request) };
  if (adapter === 'node') {
    const running = await serve(createApi(database, parts, options), { host: '127.0.0.1', port: 0 });
    return running.url ?? `http://127.0.0.1:${running.port}`;
  }
  const { rowhouse: plugin } = await import(`${build}/http/adapters/fastify.js`);
  const app = Fastify();
  app.register(plugin(database, parts, options));
  return await app.listen({ host: '127.0.0.1', port: 0 });
}

/** Notes belong to tenants; items do not, and any session reaches them. */
function scopeOf(database, request) {
  const tenant = request.headers.get('x-tenant');
  return tenant === null ? database : database.forTenant(tenant);
}
