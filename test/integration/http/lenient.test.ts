import { expect, test } from 'vitest';
import { idempotencyTable } from '../../../src/http/idempotency/idempotency-table.ts';
import { resource } from '../../../src/http/resource/resource.ts';
import { createRepository } from '../../../src/repository/create-repository.ts';
import { tableService } from '../../../src/repository/service/table-service.ts';
import { integer, text } from '../../../src/schema/column/types.ts';
import { check } from '../../../src/schema/table/members.ts';
import { table } from '../../../src/schema/table/table.ts';
import { sql } from '../../../src/sql/sql.ts';
import { describeEachServer } from '../../servers/describe-each-server.ts';
import { serveSchema, type Answer, type ServedSchema } from './serve-schema.ts';

const seats = table(
  'seat',
  { id: integer().primaryKey(), code: text({ max: 10 }).unique(), rank: integer().default(1) },
  (t) => [check('seat_rank', sql`${t.rank} < 100`)],
);
const uses = table('seat_use', {
  id: integer().primaryKey(),
  seatId: integer()
    .index()
    .references(() => seats.id),
});
const idempotencyKeys = idempotencyTable();
const schema = { seats, uses, idempotencyKeys };

const told: string[] = [];
const service = tableService(seats, {
  async afterCreate({ code }, { transaction }) {
    transaction.afterCommit(() => void told.push(code));
    if (code === 'broken') await Promise.reject(new Error('a hook with a fault of its own'));
  },
});
const seatResource = resource(seats, { prefix: '/seats', service, bulk: { max: 4 } });
const lenient = { prefer: 'handling=lenient' };

describeEachServer('many rows, each by itself', (server) => {
  const serve = async (): Promise<ServedSchema> => {
    told.length = 0;
    const idempotency = { table: idempotencyKeys, principal: () => 'me' };
    const api = await serveSchema(server, schema, [seatResource], { key: 'lenient', idempotency });
    await createRepository(seats, api.database).insertMany([
      { id: 1, code: 'a' },
      { id: 2, code: 'b' },
      { id: 3, code: 'c', rank: 98 },
    ]);
    await createRepository(uses, api.database).insert({ id: 1, seatId: 2 });
    return api;
  };
  const codesOf = async ({ database }: ServedSchema): Promise<readonly string[]> =>
    (await createRepository(seats, database).list({ order: ['id'] })).map(({ code }) => code);
  const statusesOf = ({ body }: Answer): readonly number[] =>
    body.items.map(({ status }: { readonly status: number }) => status);

  test('adds those that can be added, and says of each other what is wrong with it', async () => {
    await using api = await serve();

    const answer = await api.send(
      'POST',
      '/seats',
      [{ id: 4, code: 'd' }, { id: 5, code: 'a' }, { id: 'x' }, { id: 6, code: 'f', rank: 100 }],
      lenient,
    );

    expect(answer.status).toBe(207);
    expect(answer.headers.get('preference-applied')).toBe('handling=lenient');
    expect(answer.body.items).toMatchObject([
      { status: 201, location: '/seats/4', row: { id: 4, code: 'd', rank: 1 } },
      { status: 409, problem: { code: 'UNIQUE_VIOLATION', errors: [{ pointer: '#/code' }] } },
      { status: 422, problem: { errors: [{ pointer: '#/code' }, { pointer: '#/id' }] } },
      { status: 422, problem: { code: 'CHECK_VIOLATION', errors: [{ pointer: '#/rank' }] } },
    ]);
    expect(JSON.stringify(answer.body)).not.toMatch(/insert|seat_rank/);
    expect(await codesOf(api)).toEqual(['a', 'b', 'c', 'd']);
    expect(told).toEqual(['d']);
  });

  test('changes those that can be changed, and names the others', async () => {
    await using api = await serve();

    const type = { ...lenient, 'content-type': 'application/json-patch+json' };
    const patch = [
      { op: 'test', path: '/rank', value: 1 },
      { op: 'replace', path: '/rank', value: 7 },
    ];
    const answer = await api.send('PATCH', '/seats?id=gte.2', patch, type);

    expect(answer).toMatchObject({
      status: 207,
      body: {
        items: [
          { status: 200, key: { id: 2 }, row: { code: 'b', rank: 7 } },
          { status: 412, key: { id: 3 }, problem: { code: 'PRECONDITION_FAILED' } },
        ],
      },
    });
  });

  test('deletes those that can be deleted', async () => {
    await using api = await serve();

    const answer = await api.send('DELETE', '/seats?id=lte.3', undefined, lenient);

    expect(answer.body.items).toMatchObject([
      { status: 204, key: { id: 1 } },
      { status: 409, key: { id: 2 }, problem: { code: 'FOREIGN_KEY_VIOLATION' } },
      { status: 204, key: { id: 3 } },
    ]);
    expect(await codesOf(api)).toEqual(['b']);
  });

  test('are still no more than the resource and the client allow', async () => {
    await using api = await serve();
    const rows = [4, 5, 6, 7, 8].map((id) => ({ id, code: String(id) }));

    const many = await api.send('POST', '/seats', rows, lenient);
    const few = await api.send('DELETE', '/seats?id=lte.3', undefined, { prefer: 'handling=lenient, max-affected=2' });

    expect([many.status, few.status]).toEqual([400, 409]);
    expect(await codesOf(api)).toEqual(['a', 'b', 'c']);
  });

  test('are taken back together by what is no fault of the client', async () => {
    await using api = await serve();

    const failed = await api.send(
      'POST',
      '/seats',
      [
        { id: 4, code: 'd' },
        { id: 5, code: 'broken' },
      ],
      lenient,
    );

    expect(failed).toMatchObject({ status: 500, body: { code: 'INTERNAL' } });
    expect(await codesOf(api)).toEqual(['a', 'b', 'c']);
    expect(told).toEqual([]);
  });

  test('come without the rows where they are not needed', async () => {
    await using api = await serve();
    const prefer = 'return=minimal, handling=lenient';

    const answer = await api.send(
      'POST',
      '/seats',
      [
        { id: 4, code: 'd' },
        { id: 5, code: 'a' },
      ],
      { prefer },
    );

    expect(answer.headers.get('preference-applied')).toBe('handling=lenient, return=minimal');
    expect(statusesOf(answer)).toEqual([201, 409]);
    expect(answer.body.items[0]).toEqual({ status: 201, location: '/seats/4' });
  });

  test('are written once, and told each time, with an idempotency key', async () => {
    await using api = await serve();
    const headers = { ...lenient, 'idempotency-key': 'k-1' };
    const rows = [
      { id: 4, code: 'd' },
      { id: 5, code: 'a' },
    ];

    const first = await api.send('POST', '/seats', rows, headers);
    await api.send('DELETE', '/seats/4');
    const again = await api.send('POST', '/seats', rows, headers);

    expect(statusesOf(first)).toEqual([201, 409]);
    expect([again.status, again.body]).toEqual([207, first.body]);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(await codesOf(api)).toEqual(['a', 'b', 'c']);
  });
});
