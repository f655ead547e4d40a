import { beforeEach, expect, test } from 'vitest';
import type { ServiceDatabase, TenantDatabase } from '../../../src/connect/service-session.ts';
import { describeEachServer } from '../../servers/describe-each-server.ts';
import { openSchema } from '../../servers/open-schema.ts';
import { codeOf } from './code-of.ts';
import { ada, bob, countries, customers, invoices, shop } from './shop.ts';

describeEachServer('a database bound to a tenant', (server) => {
  let database: ServiceDatabase;
  let adas: TenantDatabase;
  let bobs: TenantDatabase;
  let adasCustomer: typeof customers.$row;
  let adasInvoice: typeof invoices.$row;

  beforeEach(async () => {
    database = await openSchema(server, shop);
    adas = database.forTenant(ada);
    bobs = database.forTenant(bob);
    adasCustomer = await adas.repository(customers).insert({ email: 'x@x', name: 'Xenia' });
    adasInvoice = await adas.repository(invoices).insert({ number: 1, customerId: adasCustomer.id, amount: 10 });
    const own = await bobs.repository(customers).insert({ email: 'x@x', name: 'Yves' });
    await bobs.repository(invoices).insertMany([
      { number: 1, customerId: own.id, amount: 20 },
      { number: 2, customerId: own.id, amount: 30 },
    ]);
    return async () => await database.close();
  });

  test('writes its rows as the tenant of the session, whatever the data says', async () => {
    const rows = bobs.repository(customers);
    const row = { email: 'new@x', name: 'New' };

    const made = await rows.insert({ ...row, tenantId: bob });
    const refused = [
      await codeOf(rows.insert({ ...row, tenantId: ada })),
      await codeOf(rows.insertMany([row, { ...row, tenantId: ada }])),
      await codeOf(rows.upsert({ ...row, tenantId: ada }, { match: ['email'] })),
      await codeOf(rows.upsertMany([{ ...row, tenantId: ada }], { match: ['email'] })),
      await codeOf(rows.getOrCreate({ ...row, tenantId: ada }, { match: ['email'] })),
      await codeOf(rows.update(made.id, { tenantId: ada } as never)),
      await codeOf(rows.updateWhere('all', { tenantId: ada } as never)),
    ];

    expect(made.tenantId).toBe(bob);
    expect(refused).toEqual([...Array<string>(5).fill('TENANT_MISMATCH'), 'FIELD_IMMUTABLE', 'FIELD_IMMUTABLE']);
    expect(await rows.count()).toBe(2);
    expect(await adas.repository(customers).count()).toBe(1);
  });

  test('reads its own rows only, and those that belong to them', async () => {
    const rows = bobs.repository(customers);

    const [only] = await rows.list({ include: { invoices: { order: ['number'] } } });

    expect(only).toMatchObject({ name: 'Yves', invoices: [{ amount: 20 }, { amount: 30 }] });
    expect(await rows.count()).toBe(1);
    expect(await rows.count({ tenantId: ada })).toBe(0);
    expect(await rows.exists({ name: 'Xenia' })).toBe(false);
    expect(await rows.search('e', { fields: ['name'] })).toHaveLength(1);
    expect(await rows.listAndCount()).toMatchObject({ rows: [{ name: 'Yves' }], total: 1 });
    expect((await rows.page()).rows).toHaveLength(1);
    expect(await rows.list({ where: { or: [{ name: 'Xenia' }, { tenantId: ada }] } })).toEqual([]);
    expect(await rows.list({ where: { not: { name: 'Yves' } } })).toEqual([]);
    expect(await rows.list({ where: { invoices: { some: { amount: 10 } } } })).toEqual([]);
  });

  test('finds no row of another tenant by its key', async () => {
    const rows = bobs.repository(customers);
    const { id } = adasCustomer;
    await adas.repository(customers).delete(id);

    expect(await codeOf(rows.restore(id))).toBe('ROW_NOT_FOUND');
    expect(await codeOf(rows.purge(id))).toBe('ROW_NOT_FOUND');
    await adas.repository(customers).restore(id);

    expect(await rows.find(id)).toBeUndefined();
    expect(await rows.find(id, { withDeleted: true })).toBeUndefined();
    expect(await codeOf(rows.get(id))).toBe('ROW_NOT_FOUND');
    expect(await rows.findMany([id])).toEqual([undefined]);
    expect(await codeOf(rows.update(id, { name: 'Stolen' }))).toBe('ROW_NOT_FOUND');
    expect(await codeOf(rows.update(id, {}))).toBe('ROW_NOT_FOUND');
    expect(await codeOf(rows.delete(id))).toBe('ROW_NOT_FOUND');
    expect((await adas.repository(customers).get(id)).name).toBe('Xenia');
  });

  test('leaves another tenant its row when an upsert names its key', async () => {
    const rows = bobs.repository(invoices);
    const own = await bobs.repository(customers).getBy({ email: 'x@x' });
    const stolen = { id: adasInvoice.id, number: 9, customerId: own.id, amount: 99 };

    const outcomes = [
      await codeOf(rows.insert(stolen)),
      await codeOf(rows.upsert(stolen, { match: ['id'] })),
      await codeOf(rows.upsertMany([stolen], { match: ['id'] })),
      await codeOf(rows.upsert(stolen, { match: ['number'] })),
      await codeOf(rows.getOrCreate(stolen, { match: ['id'] })),
    ];

    expect(outcomes).toEqual(Array<string>(5).fill('UNIQUE_VIOLATION'));
    expect(await adas.repository(invoices).get(adasInvoice.id)).toEqual(adasInvoice);
    expect(await rows.count()).toBe(2);
  });

  test('upserts by a unique key of its own, without naming the tenant', async () => {
    const rows = bobs.repository(invoices);
    const own = await bobs.repository(customers).getBy({ email: 'x@x' });
    const changed = { number: 1, customerId: own.id, amount: 21 };

    const { created } = await rows.upsert(changed, { match: ['number'] });
    await rows.upsertMany(
      [
        { ...changed, amount: 22 },
        { ...changed, number: 7 },
      ],
      { match: ['number'] },
    );

    expect(created).toBe(false);
    expect((await rows.list({ order: ['number'] })).map(({ amount }) => amount)).toEqual([22, 30, 21]);
    expect(await adas.repository(invoices).get(adasInvoice.id)).toEqual(adasInvoice);
  });

  test('changes and deletes all of its rows and nobody else’s', async () => {
    const rows = bobs.repository(invoices);

    expect(await rows.updateWhere('all', { amount: 1 })).toBe(2);
    expect(await rows.updateWhere({ number: { gte: 0 } }, { amount: 2 })).toBe(2);
    expect(await rows.deleteWhere('all')).toBe(2);
    expect(await adas.repository(invoices).list()).toEqual([adasInvoice]);
  });

  test('refuses a row that refers to a row of another tenant', async () => {
    const attempt = bobs.repository(invoices).insert({ number: 5, customerId: adasCustomer.id, amount: 1 });

    expect(await codeOf(attempt)).toBe('FOREIGN_KEY_VIOLATION');
  });

  test('stays bound in transactions, nested ones too', async () => {
    const found = await bobs.transaction(async (tx) => {
      const outer = await tx.repository(customers).count();
      return [outer, await tx.transaction(async (nested) => await nested.repository(invoices).count())];
    });
    await using open = await bobs.begin();

    expect(found).toEqual([1, 2]);
    expect(open.tenant).toEqual({ value: bob });
    expect(bobs.read.tenant).toEqual({ value: bob });
  });

  test('may be left for all tenants, and entered from there, in one transaction', async () => {
    const found = await bobs.transaction(async (tx) => {
      const all = await tx.unscoped('compares tenants', async (every) => {
        const others = await every.forTenant(ada, async (hers) => [
          await hers.repository(invoices).count(),
          await codeOf(hers.forTenant(bob, async (his) => await his.repository(invoices).count())),
        ]);
        return [await every.repository(invoices).count(), ...others];
      });
      return [...all, await tx.repository(invoices).count()];
    });
    const unbound = await database.transaction(async (tx) => [
      await tx.forTenant(ada, async (hers) => await hers.repository(invoices).count()),
      await codeOf(tx.repository(invoices).count()),
    ]);

    expect(found).toEqual([3, 1, 'TENANT_MISMATCH', 2]);
    expect(unbound).toEqual([1, 'TENANT_MISSING']);
  });

  test('shares tables without a tenant with everybody', async () => {
    await adas.repository(countries).insert({ code: 'at', name: 'Austria' });

    expect(await bobs.repository(countries).get('at')).toMatchObject({ name: 'Austria' });
    expect(await database.repository(countries).count()).toBe(1);
  });

  test('is needed for tables of tenants, unless somebody says why not', async () => {
    const rows = database.repository(customers);
    const all = database.unscoped('counts every customer').repository(customers);

    expect(await codeOf(rows.list())).toBe('TENANT_MISSING');
    expect(await codeOf(rows.get(adasCustomer.id))).toBe('TENANT_MISSING');
    expect(await codeOf(rows.insert({ email: 'a', name: 'b', tenantId: ada }))).toBe('TENANT_MISSING');
    expect(await codeOf(rows.updateWhere('all', { name: 'c' }))).toBe('TENANT_MISSING');
    expect(await codeOf(rows.deleteWhere('all'))).toBe('TENANT_MISSING');
    expect(await codeOf(database.repository(invoices).list({ include: { customer: true } }))).toBe('TENANT_MISSING');
    expect(await all.count()).toBe(2);
    expect((await all.insert({ email: 'z@x', name: 'Zoe', tenantId: ada })).tenantId).toBe(ada);
    expect(() => database.unscoped(' ')).toThrow(/says why/);
    expect(() => database.forTenant('')).toThrow(/no name/);
  });

  test('gives cursors that lead nowhere for another tenant', async () => {
    const { next } = await bobs.repository(invoices).page({ limit: 1 });

    expect(await codeOf(adas.repository(invoices).page({ limit: 1, after: next }))).toBe('CURSOR_INVALID');
  });
});
