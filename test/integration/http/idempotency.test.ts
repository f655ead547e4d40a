import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createApi } from '../../../src/http/create-api.ts';
import { idempotencyTable } from '../../../src/http/idempotency/idempotency-table.ts';
import { requestIdentity } from '../../../src/http/idempotency/request-identity.ts';
import { webIncoming } from '../../../src/http/request/web-incoming.ts';
import { resource } from '../../../src/http/resource/resource.ts';
import { route } from '../../../src/http/router/custom-route.ts';
import { createRepository } from '../../../src/repository/create-repository.ts';
import { tableService } from '../../../src/repository/service/table-service.ts';
import { integer, text } from '../../../src/schema/column/types.ts';
import { table } from '../../../src/schema/table/table.ts';
import { sql } from '../../../src/sql/sql.ts';
import { describeEachServer } from '../../servers/describe-each-server.ts';
import { serveSchema, type Answer, type ServedSchema } from './serve-schema.ts';

const payments = table('payment', {
  id: integer().identity().primaryKey(),
  amount: integer(),
  payer: text({ max: 40 }),
});
const idempotencyKeys = idempotencyTable();
const holders = table('holder', {
  id: integer().primaryKey(),
  keyId: text({ max: 64 })
    .index()
    .references(() => idempotencyKeys.id),
});
const schema = { payments, idempotencyKeys, holders };

let held: Promise<void> | undefined;
const service = tableService(payments, { beforeCreate: async (input) => (await held, input) });
const paymentResource = resource(payments, { prefix: '/payments', service, requireIdempotencyKey: true });
const bump = route('POST', '/bump', async ({ session }) => {
  await session.execute(sql`update payment set amount = amount + 1`);
  return { bumped: true };
});
const idempotency = {
  table: idempotencyKeys,
  principal: ({ headers }: Request) => headers.get('authorization') ?? 'nobody',
};

describeEachServer('a request with an Idempotency-Key', (server) => {
  const serve = async (): Promise<ServedSchema> =>
    await serveSchema(server, schema, [paymentResource, bump], { key: 'idempotency', idempotency });
  const pay = async (api: ServedSchema, key: string, amount = 5, user = 'ada'): Promise<Answer> =>
    await api.send('POST', '/payments', { amount, payer: user }, { 'idempotency-key': key, authorization: user });
  const countOf = async ({ database }: ServedSchema): Promise<number> =>
    await createRepository(payments, database).count();

  test('is done once, and answered each time', async () => {
    await using api = await serve();

    const first = await pay(api, '"k-1"');
    const second = await pay(api, 'k-1');

    expect(first.status).toBe(201);
    expect([second.status, second.body]).toEqual([201, first.body]);
    expect(second.headers.get('location')).toBe(first.headers.get('location'));
    expect(first.headers.has('idempotency-replayed')).toBe(false);
    expect(second.headers.get('idempotency-replayed')).toBe('true');
    expect(await countOf(api)).toBe(1);
  });

  test('is refused without a key where one is needed, and with the key of another payload', async () => {
    await using api = await serve();
    await pay(api, 'k-1');

    const without = await api.send('POST', '/payments', { amount: 5, payer: 'ada' });
    const other = await pay(api, 'k-1', 6);
    const odd = await pay(api, 'two words');

    expect(without).toMatchObject({ status: 400, body: { code: 'IDEMPOTENCY_KEY_MISSING' } });
    expect(other).toMatchObject({ status: 422, body: { code: 'IDEMPOTENCY_KEY_REUSED' } });
    expect(odd).toMatchObject({ status: 400, body: { code: 'REQUEST_INVALID' } });
    expect(await countOf(api)).toBe(1);
  });

  test('means nothing for somebody else, or on another route', async () => {
    await using api = await serve();
    await pay(api, 'k-1', 5, 'ada');

    const bea = await pay(api, 'k-1', 5, 'bea');
    const bumped = await api.send('POST', '/bump', {}, { 'idempotency-key': 'k-1', authorization: 'ada' });
    const again = await api.send('POST', '/bump', {}, { 'idempotency-key': 'k-1', authorization: 'ada' });

    expect(bea).toMatchObject({ status: 201, body: { payer: 'bea' } });
    expect([bumped.body, again.body]).toEqual([{ bumped: true }, { bumped: true }]);
    expect((await api.send('GET', '/payments?order=id')).body.items).toMatchObject([{ amount: 6 }, { amount: 6 }]);
  });

  test('is not kept when it fails, so that it can be sent again', async () => {
    await using api = await serve();
    held = Promise.reject(new Error('no'));
    held.catch(() => undefined);

    const failed = await pay(api, 'k-1');
    held = undefined;
    const again = await pay(api, 'k-1');

    expect([failed.status, again.status]).toEqual([500, 201]);
    expect(await countOf(api)).toBe(1);
  });

  test('is in conflict while it is being served', async () => {
    await using api = await serve();
    let release = (): void => undefined;
    held = new Promise((resolve) => (release = resolve));

    const first = pay(api, 'k-1');
    const second = await pay(api, 'k-1');
    release();
    held = undefined;

    expect(second).toMatchObject({ status: 409, body: { code: 'REQUEST_IN_FLIGHT' } });
    expect((await first).status).toBe(201);
    expect((await pay(api, 'k-1')).headers.get('idempotency-replayed')).toBe('true');
  });

  test('waits for another process that serves it, and gets its response', async () => {
    await using api = await serve();
    const body = JSON.stringify({ amount: 5, payer: 'ada' });
    const request = new Request('http://library.test/payments', {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json' },
    });
    const identity = requestIdentity({
      key: 'k-1',
      principal: 'ada',
      tenant: '',
      route: 'POST /payments',
      request: webIncoming(request),
      body: new TextEncoder().encode(body),
    });
    await using other = await api.database.begin();
    const response = { status: 201, headers: '[]', body: '{"theirs":true}' };
    await createRepository(idempotencyKeys, other).insert({
      ...identity,
      ...response,
      expiresAt: new Date(Date.now() + 60_000),
    });

    const waiting = pay(api, 'k-1');
    await setTimeout(100);
    await other.commit();

    expect(await waiting).toMatchObject({ status: 201, body: { theirs: true } });
    expect(await countOf(api)).toBe(0);
  });

  test('is a new one once it has expired', async () => {
    await using api = await serve();
    await pay(api, 'k-1');
    await createRepository(idempotencyKeys, api.database).updateWhere('all', { expiresAt: new Date(0) });

    const later = await pay(api, 'k-1', 9);

    expect(later).toMatchObject({ status: 201, body: { amount: 9 } });
    expect(await countOf(api)).toBe(2);
  });

  test('takes keys with it that have expired, never more than some, and no other', async () => {
    await using api = await serve();
    const keys = createRepository(idempotencyKeys, api.database);
    const row = (id: string, expiresAt: Date) => ({ id, fingerprint: 'f', status: 201, headers: '[]', expiresAt });
    const [past, future] = [new Date(Date.now() - 1_000), new Date(Date.now() + 60_000)];
    await keys.insertMany([
      ...Array.from({ length: 300 }, (_, at) => row(`past-${at}`, past)),
      ...Array.from({ length: 10 }, (_, at) => row(`future-${at}`, future)),
    ]);
    const left: number[] = [];

    for (let at = 0; at < 200; at++) {
      await pay(api, `k-${at}`);
      const [{ count } = { count: 0 }] = await keys.aggregate({ where: { expiresAt: past }, count: true });
      left.push(count);
    }

    const sweeps = left.flatMap((count, at) => (left[at - 1] ?? 300) - count).filter((gone) => gone > 0);
    expect(left.at(-1)).toBe(0);
    expect(Math.max(...sweeps)).toBe(64);
    expect(await keys.count()).toBe(210);
  });

  test('is answered though the sweep fails, which is told', async () => {
    const told: unknown[] = [];
    await using api = await serveSchema(server, schema, [paymentResource], {
      key: 'idempotency',
      idempotency,
      onError: (error) => told.push(error),
    });
    await createRepository(idempotencyKeys, api.database).insert({
      id: 'held',
      fingerprint: 'f',
      expiresAt: new Date(Date.now() - 1_000),
    });
    await createRepository(holders, api.database).insert({ id: 1, keyId: 'held' });

    const answers: Answer[] = [];
    for (let at = 0; at < 32; at++) answers.push(await pay(api, `k-${at}`));

    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    expect(told.length).toBeGreaterThan(0);
    expect(told[0]).toMatchObject({ code: 'FOREIGN_KEY_VIOLATION' });
  });
});

test('an API whose resource requires keys keeps them', () => {
  expect(() => createApi({} as never, [paymentResource])).toThrow('requires idempotency keys');
});
