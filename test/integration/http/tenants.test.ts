import { expect, test } from 'vitest';
import type { Database } from '../../../src/database/database.ts';
import { createApi } from '../../../src/http/create-api.ts';
import { idempotencyTable } from '../../../src/http/idempotency/idempotency-table.ts';
import { resource } from '../../../src/http/resource/resource.ts';
import { integer, text } from '../../../src/schema/column/types.ts';
import { relations } from '../../../src/schema/relations/relations.ts';
import { table } from '../../../src/schema/table/table.ts';
import { tenant, version } from '../../../src/schema/table/traits.ts';
import { describeEachServer } from '../../servers/describe-each-server.ts';
import { serveSchema } from './serve-schema.ts';

const orders = table('order_of_tenant', {
  id: integer().primaryKey(),
  ...tenant(text({ max: 20 })),
  note: text({ max: 40 }),
  ...version(),
});
const lines = table('line_of_tenant', {
  id: integer().primaryKey(),
  ...tenant(text({ max: 20 })),
  orderId: integer().index(),
});
const idempotencyKeys = idempotencyTable();
const schema = { orders, lines, idempotencyKeys };
const shop = relations({ orders, lines }, (r) => ({
  orders: { lines: r.many.lines({ from: 'id', to: 'orderId' }) },
}));
const lineResource = resource(shop.lines, { prefix: '/lines' });
const orderResource = resource(shop.orders, { prefix: '/orders', bulk: true, include: { lines: lineResource } });

describeEachServer('an API whose requests belong to tenants', (server) => {
  const tenantOf = ({ headers }: Request): string => headers.get('x-tenant') ?? '';

  test('shows, changes and replays nothing of another tenant: it is not there', async () => {
    await using served = await serveSchema(server, schema, []);
    const database: Database = served.database;
    const api = createApi(database, [orderResource, lineResource], {
      scope: (request) => database.forTenant(tenantOf(request)),
      idempotency: { table: idempotencyKeys, principal: () => 'same' },
    });
    const send = async (as: string, method: string, path: string, body?: unknown, more: object = {}) => {
      const headers = { 'x-tenant': as, 'content-type': 'application/json', ...more };
      const init = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
      const response = await api.handle(new Request(`http://tenants.test${path}`, init));
      return { status: response.status, text: await response.text() };
    };
    const key = { 'idempotency-key': 'k-1' };
    const created = await send('a', 'POST', '/orders', { id: 1, note: 'mine' }, key);
    await send('a', 'POST', '/lines', { id: 1, orderId: 1 });
    await send('b', 'POST', '/lines', { id: 2, orderId: 1 });

    const misses = [
      await send('b', 'GET', '/orders/1'),
      await send('b', 'PATCH', '/orders/1', { note: 'theirs' }),
      await send('b', 'PATCH', '/orders/1', { note: 'theirs' }, { 'if-match': '"1"' }),
      await send('b', 'PATCH', '/orders/1', { note: 'theirs' }, { 'if-match': '"1", "2"' }),
      await send('b', 'DELETE', '/orders/1'),
      await send('b', 'DELETE', '/orders/1', undefined, { 'if-match': '"7"' }),
    ];
    const replayed = await send('b', 'POST', '/orders', { id: 1, note: 'mine' }, key);
    const put = await send('b', 'PUT', '/orders/1', { note: 'theirs' });
    const bulk = await send('b', 'DELETE', '/orders?id=eq.1');
    const included = await send('a', 'GET', '/orders/1?include=lines');
    const named = await send('b', 'POST', '/orders', { id: 3, note: 'x', tenantId: 'a' });

    expect(created.status).toBe(201);
    expect(misses.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404, 404]);
    expect([replayed.status, put.status]).toEqual([409, 409]);
    expect([replayed, put].map(({ text }) => text).join()).not.toContain('mine');
    expect(JSON.parse(bulk.text)).toEqual({ count: 0 });
    expect(JSON.parse(included.text)).toMatchObject({ note: 'mine', lines: [{ id: 1 }] });
    expect(JSON.parse(included.text).lines).toHaveLength(1);
    expect(named.status).toBe(422);
    expect(JSON.parse((await send('a', 'GET', '/orders/1')).text)).toMatchObject({ note: 'mine', version: 1 });
  });
});
