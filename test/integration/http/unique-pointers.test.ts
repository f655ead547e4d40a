import { expect, test } from 'vitest';
import { createApi } from '../../../src/http/create-api.ts';
import { resource } from '../../../src/http/resource/resource.ts';
import { integer, text } from '../../../src/schema/column/types.ts';
import { foreignKey, unique } from '../../../src/schema/table/members.ts';
import { table } from '../../../src/schema/table/table.ts';
import { softDelete, tenant } from '../../../src/schema/table/traits.ts';
import { describeEachServer } from '../../servers/describe-each-server.ts';
import { serveSchema } from './serve-schema.ts';

const email = { email: text({ max: 60 }).unique({ ignoreCase: true }) };
const company = { company: text({ max: 20 }).unique() };
const accounts = table('account', { id: integer().primaryKey(), ...email });
const members = table('member', { id: integer().primaryKey(), ...tenant(text({ max: 20 })), ...email, ...company });
const guests = table('guest', { id: integer().primaryKey(), ...email, ...company, ...softDelete() });
const rooms = table('room', { id: integer().primaryKey(), ...tenant(text({ max: 20 })) }, (t) => [
  unique([t.tenantId, t.id]),
]);
const beds = table('bed', { id: integer().primaryKey(), ...tenant(text({ max: 20 })), roomId: integer() }, (t) => [
  foreignKey([t.tenantId, t.roomId], () => [rooms.tenantId, rooms.id]),
]);
const schema = { accounts, members, guests, rooms, beds };

const parts = [
  resource(accounts, { prefix: '/accounts', bulk: true }),
  resource(members, { prefix: '/members', bulk: true }),
  resource(guests, { prefix: '/guests', bulk: true }),
  resource(beds, { prefix: '/beds' }),
];

describeEachServer('a problem of a key that is taken', (server) => {
  const open = async () => {
    const served = await serveSchema(server, schema, []);
    const { database } = served;
    const { handle } = createApi(database, parts, { scope: () => database.forTenant('a') });
    const post = async (path: string, body: unknown, more: Readonly<Record<string, string>> = {}) => {
      const headers = { 'content-type': 'application/json', ...more };
      const request = new Request(`http://unique.test${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
      const response = await handle(request);
      return { status: response.status, body: (await response.json()) as { errors?: unknown; items?: unknown } };
    };
    return { post, [Symbol.asyncDispose]: async () => await served[Symbol.asyncDispose]() };
  };
  const ofOne = { email: 'ada@x', company: 'one' };
  const pointing = (pointer: string) => [expect.objectContaining({ pointer })];

  test.each(['accounts', 'members', 'guests'])('names the property whose case is ignored, among %s', async (name) => {
    await using api = await open();
    const row = (id: number, said: string) => ({
      id,
      email: said,
      ...(name === 'accounts' ? {} : { company: `c${id}` }),
    });
    await api.post(`/${name}`, row(1, 'ada@x'));

    const one = await api.post(`/${name}`, row(2, 'ADA@x'));
    const bulk = await api.post(`/${name}`, [row(3, 'bob@x'), row(4, 'Ada@x')]);
    const lenient = await api.post(`/${name}`, [row(5, 'Ada@x')], { prefer: 'handling=lenient' });

    expect(one).toMatchObject({ status: 409, body: { errors: pointing('#/email') } });
    expect(bulk).toMatchObject({ status: 409, body: { errors: pointing('#/1/email') } });
    expect(lenient).toMatchObject({ status: 207, body: { items: [{ problem: { errors: pointing('#/email') } }] } });
  });

  test('never names the tenant, which no client can set', async () => {
    await using api = await open();
    await api.post('/members', { id: 1, ...ofOne });

    const taken = await api.post('/members', { id: 2, ...ofOne, email: 'bob@x' });
    const homeless = await api.post('/beds', { id: 1, roomId: 7 });

    expect(taken).toMatchObject({ status: 409, body: { errors: pointing('#/company') } });
    expect(homeless).toMatchObject({ status: 409, body: { code: 'FOREIGN_KEY_VIOLATION' } });
    expect(JSON.stringify(homeless.body.errors ?? [])).not.toContain('tenantId');
  });
});
