import { expect, expectTypeOf, test } from 'vitest';
import { createClient, type Client } from '../../../src/client/create-client.ts';
import { ProblemError } from '../../../src/client/problem-error.ts';
import type { ClientOptions } from '../../../src/client/send.ts';
import { createApi, type ApiOptions } from '../../../src/http/create-api.ts';
import { idempotencyTable } from '../../../src/http/idempotency/idempotency-table.ts';
import { resource, type Resource } from '../../../src/http/resource/resource.ts';
import { bigint, boolean, integer, text, timestamptz } from '../../../src/schema/column/types.ts';
import { relations } from '../../../src/schema/relations/relations.ts';
import { table } from '../../../src/schema/table/table.ts';
import { describeEachServer } from '../../servers/describe-each-server.ts';
import { serveSchema, type ServedSchema } from '../http/serve-schema.ts';

const shops = table('shop', { id: integer().primaryKey(), name: text({ max: 40 }) });
const sales = table('sale', {
  id: integer().primaryKey(),
  shopId: integer()
    .index()
    .references(() => shops.id),
  label: text({ max: 40 }).null(),
  cents: bigint(),
  paid: boolean().default(false),
  soldAt: timestamptz(),
  revision: integer().default(1).role('version'),
});
const idempotencyKeys = idempotencyTable();
const schema = { shops, sales, idempotencyKeys };
const market = relations({ shops, sales }, (r) => ({
  shops: { sales: r.many.sales() },
  sales: { shop: r.one.shops({ from: 'shopId' }) },
}));

const shopResource: Resource = resource(market.shops, { prefix: '/shops', include: { sales: () => saleResource } });
const saleResource: Resource = resource(market.sales, {
  prefix: '/sales',
  include: { shop: shopResource },
  search: ['label'],
  limit: { default: 2, max: 10 },
  bulk: true,
});

type Market = Client<typeof market>;

interface Served extends AsyncDisposable {
  readonly client: Market;
  readonly sent: string[];
  /** What the network does to the next requests: drops the answer, or answers itself. */
  readonly trouble: ('lose' | Response)[];
}

describeEachServer('a client typed by the schema', (server) => {
  const soldAt = '2026-11-21T13:45:00.000Z';
  const serve = async (options: Partial<ClientOptions> = {}, api: ApiOptions = {}): Promise<Served> => {
    const served: ServedSchema = await serveSchema(server, schema, [], { key: 'client' });
    const { handle } = createApi(served.database, [shopResource, saleResource], { prefix: '/api', ...api });
    const sent: string[] = [];
    const trouble: ('lose' | Response)[] = [];
    const client = createClient<typeof market>({
      url: 'http://market.test/api/',
      fetch: async (input, init) => {
        const request = new Request(input, init);
        sent.push(`${request.method} ${new URL(request.url).pathname}`);
        const next = trouble.shift();
        if (next instanceof Response) return next;
        const response = await handle(request);
        if (next === 'lose') throw new TypeError('fetch failed');
        return response;
      },
      ...options,
    });
    await client.shops.create({ id: 1, name: 'Corner' });
    return { client, sent, trouble, [Symbol.asyncDispose]: async () => await served[Symbol.asyncDispose]() };
  };
  const sale = (id: number, more: object = {}) => ({ id, shopId: 1, cents: '250', soldAt, ...more });

  test('creates, reads, changes and deletes', async () => {
    await using served = await serve();
    const { sales: api } = served.client;

    const created = await api.create(sale(1, { cents: '9007199254740993' }));
    const changed = await api.update(1, { label: 'tea' }, { version: created.revision });
    const late = api.update(1, { label: 'milk' }, { version: created.revision });

    expect(created).toEqual({ ...sale(1), cents: '9007199254740993', label: null, paid: false, revision: 1 });
    expect(changed).toMatchObject({ label: 'tea', revision: 2 });
    await expect(late).rejects.toMatchObject({ status: 412, code: 'VERSION_CONFLICT' });
    expect(await api.get(1)).toEqual(changed);
    expect(await api.replace(1, sale(1, { id: undefined }))).toMatchObject({ label: null, revision: 3 });
    await api.delete(1);
    expect(await api.find(1)).toBeUndefined();
  });

  test('says what was wrong, property by property', async () => {
    await using served = await serve();

    const refused = await served.client.sales.create({ ...sale(1), cents: 'much' }).catch((error: unknown) => error);

    expect(refused).toBeInstanceOf(ProblemError);
    expect(refused).toMatchObject({ status: 422, code: 'VALUE_INVALID', errors: [{ pointer: '#/cents' }] });
    expect((refused as ProblemError).requestId).toMatch(/^[\w-]{36}$/);
  });

  test('says which property of a filter was wrong, however deep', async () => {
    await using served = await serve();
    const { sales: api } = served.client;
    const refusal = async (where: object): Promise<unknown> =>
      await api.page({ where } as Parameters<typeof api.page>[0]).catch((error: unknown) => error);

    expect(await refusal({ or: [{ id: 1 }, { not: { colour: 'red' } }] })).toMatchObject({
      code: 'FIELD_UNKNOWN',
      message: 'the parameter and names the field colour, which cannot be filtered by',
    });
    expect(await refusal({ or: [{ cents: 'much' }] })).toMatchObject({
      code: 'FILTER_INVALID',
      errors: [{ parameter: 'and', detail: expect.stringMatching(/^cents must be /) as string }],
    });
  });

  test('lists by filter and order, page by page and with what belongs to the rows', async () => {
    await using served = await serve();
    const { shops: shopClient, sales: api } = served.client;
    const labels = ['a,b', 'c)d', 'e"f', String.raw`g\h`, null];
    await api.createMany(labels.map((label, at) => sale(at + 1, { label, paid: at > 2 })));
    const found = async (where: Parameters<typeof api.deleteWhere>[0]): Promise<readonly number[]> =>
      (await api.page({ where, order: ['id'], limit: 10 })).items.map(({ id }) => id);

    for (const [at, label] of labels.entries()) expect(await found({ label })).toEqual([at + 1]);
    expect(await found({ label: { in: ['a,b', 'e"f'] } })).toEqual([1, 3]);
    expect(await found({ label: { like: '*)*' } })).toEqual([2]);
    expect(await found({ or: [{ id: 1 }, { paid: true, label: { isNull: true } }] })).toEqual([1, 5]);
    expect(await found({ not: { id: { gt: 1, lte: 4 } } })).toEqual([1, 5]);
    expect(await found({ soldAt: { lt: soldAt } })).toEqual([]);
    const ids: number[] = [];
    for await (const { id, shop } of api.each({ order: ['-id'], include: { shop: true } })) {
      ids.push(id);
      expect(shop.name).toBe('Corner');
    }
    expect(ids).toEqual([5, 4, 3, 2, 1]);
    expect(await api.page({ count: true, q: 'A,', limit: 1 })).toMatchObject({ items: [{ id: 1 }], total: 1 });
    expect(await api.page({ count: 'estimated', limit: 1 })).toMatchObject({ total: 5, isTotalExact: true });
    expect(await api.page({ limit: 1 })).not.toHaveProperty('isTotalExact');
    expect((await shopClient.get(1, { include: { sales: { shop: true } } })).sales[0]?.shop.id).toBe(1);
  });

  test('changes and deletes what a filter finds', async () => {
    await using served = await serve();
    const { sales: api } = served.client;
    await api.createMany([1, 2, 3].map((id) => sale(id)));

    const changed = await api.updateWhere({ id: { lte: 2 } }, { paid: true });
    const refused = api.deleteWhere({ id: { gte: 1 } }, { maxAffected: 2 });

    expect(changed.map(({ id, paid }) => [id, paid])).toEqual([
      [1, true],
      [2, true],
    ]);
    await expect(refused).rejects.toMatchObject({ code: 'ROW_COUNT_UNEXPECTED' });
    expect(await api.deleteWhere({ paid: true })).toBe(2);
  });

  test('writes the rows that can be written, and tells what became of each', async () => {
    await using served = await serve();
    const { sales: api } = served.client;

    const [first, second] = await api.createManySettled([sale(1), sale(2, { shopId: 9 })]);
    const changed = await api.updateWhereSettled({ id: 1 }, { paid: true }, { maxAffected: 1 });
    const refused = api.updateWhereSettled({ id: { gte: 1 } }, { paid: true }, { maxAffected: 0 });
    await expect(refused).rejects.toMatchObject({ code: 'ROW_COUNT_UNEXPECTED' });
    const deleted = await api.deleteWhereSettled({ id: 1 });

    expect(first).toMatchObject({ status: 'fulfilled', value: { id: 1, cents: '250' } });
    expect(second).toMatchObject({
      status: 'rejected',
      reason: { status: 409, code: 'FOREIGN_KEY_VIOLATION', requestId: expect.stringMatching(/^[\w-]{36}$/) as string },
    });
    expect(second?.status === 'rejected' && second.reason).toBeInstanceOf(ProblemError);
    expect(changed).toMatchObject([{ status: 'fulfilled', key: { id: 1 }, value: { paid: true } }]);
    expect(deleted).toEqual([{ status: 'fulfilled', key: { id: 1 }, value: undefined }]);
  });

  test('sends a read again when the line is lost, and a write only where that is safe', async () => {
    await using served = await serve();
    const { client, trouble, sent } = served;
    await client.sales.create(sale(1));
    sent.length = 0;

    trouble.push('lose');
    await client.sales.get(1);
    trouble.push(new Response(null, { status: 503, headers: { 'retry-after': '0' } }));
    await client.sales.get(1);
    trouble.push(new Response(null, { status: 429, headers: { 'retry-after': '0' } }));
    await client.sales.create(sale(2));
    trouble.push('lose');
    await expect(client.sales.create(sale(3))).rejects.toThrow('fetch failed');

    expect(sent).toEqual([...Array<string>(4).fill('GET /api/sales/1'), ...Array<string>(3).fill('POST /api/sales')]);
    expect((await client.sales.page({ count: true })).total).toBe(3);
  });

  test('sends a write again where the API keeps idempotency keys, and it is done once', async () => {
    const idempotency = { table: idempotencyKeys, principal: () => 'me' };
    await using served = await serve({ idempotency: true }, { idempotency });
    const { client, trouble, sent } = served;
    sent.length = 0;

    trouble.push('lose');
    const created = await client.sales.create(sale(1));

    expect(sent).toEqual(['POST /api/sales', 'POST /api/sales']);
    expect(created.id).toBe(1);
    expect((await client.sales.page({ count: true })).total).toBe(1);
  });
});

test('types are those of the JSON', () => {
  type Sale = Awaited<ReturnType<Market['sales']['get']>>;
  type Values = Parameters<Market['sales']['create']>[0];

  expectTypeOf<Sale['cents']>().toEqualTypeOf<string>();
  expectTypeOf<Sale['soldAt']>().toEqualTypeOf<string>();
  expectTypeOf<Sale['label']>().toEqualTypeOf<string | null>();
  expectTypeOf<Values>().toExtend<{ readonly id: number; readonly cents: string; readonly soldAt: string }>();
  expectTypeOf<Client<typeof schema & { helper: string }>>().not.toHaveProperty('helper');
  const check = async (api: Market): Promise<void> => {
    const { sales: related } = await api.shops.get(1, { include: { sales: true } });
    expectTypeOf(related[0]!.cents).toEqualTypeOf<string>();
    // @ts-expect-error there is no such relation
    await api.shops.get(1, { include: { friends: true } });
    // @ts-expect-error there is no such property
    await api.sales.page({ where: { colour: 'red' } });
    for (const settled of await api.sales.createManySettled([]))
      if (settled.status === 'fulfilled') expectTypeOf(settled.value.cents).toEqualTypeOf<string>();
      else expectTypeOf(settled.reason).toEqualTypeOf<ProblemError>();
    // @ts-expect-error cents are text
    await api.sales.update(1, { cents: 5 });
    // @ts-expect-error the label is required to be text
    await api.sales.create({ id: 1 });
  };
  expect(check).toBeTypeOf('function');
});
