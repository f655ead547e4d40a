import { expect, test } from 'vitest';
import { resource } from '../../../src/http/resource/resource.ts';
import { route } from '../../../src/http/router/custom-route.ts';
import { tableService } from '../../../src/repository/service/table-service.ts';
import { integer } from '../../../src/schema/column/types.ts';
import { table } from '../../../src/schema/table/table.ts';
import { describeEachServer, describeServers } from '../../servers/describe-each-server.ts';
import { sayFigures } from '../../servers/say-figures.ts';
import { serveSchema } from './serve-schema.ts';

const members = table('member', { id: integer().primaryKey(), balance: integer().default(0) });
const loans = table('loan', {
  id: integer().primaryKey(),
  memberId: integer().references(() => members.id, { deferrable: 'deferred' }),
});

describeServers(['postgresql', 'sqlite'], 'a rule that is only checked at commit', (server) => {
  test('refuses the request: what cannot be committed was never created', async (context) => {
    const schema = { members, loans };
    await using library = await serveSchema(server, schema, [resource(loans, { prefix: '/loans' })]);

    const created = await library.send('POST', '/loans', { id: 1, memberId: 404 });

    sayFigures(context, `answered ${created.status}`);
    expect(created).toMatchObject({ status: 409, body: { code: 'FOREIGN_KEY_VIOLATION' } });
    expect(created.headers.has('location')).toBe(false);
    expect((await library.send('GET', '/loans')).body.items).toEqual([]);
  });
});

describeEachServer('a route of one’s own', (server) => {
  const transfer = route('POST', '/transfer', async ({ repository, body }) => {
    const { from, to, amount } = body as { from: number; to: number; amount: number };
    const rows = repository(members);
    const payer = await rows.get(from);
    await rows.update(from, { balance: payer.balance - amount });
    const payee = await rows.get(to);
    await rows.update(to, { balance: payee.balance + amount });
  });
  const parts = [transfer, resource(members, { prefix: '/members', actions: ['list', 'create'] })];

  test('makes both changes or neither', async () => {
    await using library = await serveSchema(server, { members }, parts);
    await library.send('POST', '/members', { id: 1, balance: 100 });
    await library.send('POST', '/members', { id: 2 });

    const made = await library.send('POST', '/transfer', { from: 1, to: 2, amount: 30 });
    const failed = await library.send('POST', '/transfer', { from: 1, to: 3, amount: 50 });

    expect(made.status).toBe(204);
    expect(failed).toMatchObject({ status: 404, body: { code: 'ROW_NOT_FOUND' } });
    expect((await library.send('GET', '/members')).body.items).toEqual([
      { id: 1, balance: 70 },
      { id: 2, balance: 30 },
    ]);
  });
});

describeServers(['sqlite'], 'what a route of one’s own returns', (server) => {
  test('is the body: a response as it is, JSON with exact numbers, or nothing', async () => {
    const parts = [
      route('GET', '/moved', async () => await Promise.resolve(Response.redirect('http://library.test/members'))),
      route('GET', '/sum', async () => await Promise.resolve({ sum: 9_007_199_254_740_993n })),
      route('POST', '/echo', async ({ body, query }) => await Promise.resolve({ body, a: query.get('a') })),
    ];
    await using library = await serveSchema(server, { members }, parts);

    const moved = await library.send('GET', '/moved');

    expect([moved.status, moved.headers.get('location')]).toEqual([302, 'http://library.test/members']);
    expect((await library.send('GET', '/sum')).body).toEqual({ sum: '9007199254740993' });
    expect((await library.send('POST', '/echo?a=1', { b: 2 })).body).toEqual({ body: { b: 2 }, a: '1' });
  });
});

describeEachServer('a hook after a write', (server) => {
  test('takes the write back when it throws', async () => {
    const failing = tableService(members, {
      afterCreate() {
        throw new Error('the mail server is away');
      },
    });
    const errors: unknown[] = [];
    await using library = await serveSchema(
      server,
      { members },
      [resource(members, { prefix: '/members', service: failing })],
      { onError: (error) => errors.push(error) },
    );

    const created = await library.send('POST', '/members', { id: 1 });

    expect(created).toMatchObject({ status: 500, body: { code: 'INTERNAL', title: 'Internal error' } });
    expect(JSON.stringify(created.body)).not.toContain('mail');
    expect(errors).toMatchObject([{ message: 'the mail server is away' }]);
    expect((await library.send('GET', '/members')).body.items).toEqual([]);
  });

  test('runs in a transaction of its own when the service works on a database', async () => {
    const seen: boolean[] = [];
    const watched = tableService(members, {
      afterCreate: (_row, { transaction }) => void seen.push(transaction.inTransaction),
    });
    await using library = await serveSchema(server, { members }, []);

    const row = await watched.on(library.database).create({ id: 7 });

    expect(row).toEqual({ id: 7, balance: 0 });
    expect(seen).toEqual([true]);
    expect(await watched.on(library.database).list()).toEqual([row]);
  });
});
