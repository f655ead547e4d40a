import { sql } from 'kysely';
import { expect, test } from 'vitest';
import type { ServiceDatabase } from '../../../src/connect/service-session.ts';
import { integer, table, tenant, text } from '../../../src/index.ts';
import { kyselyOf } from '../../../src/kysely/kysely-of.ts';
import type { TestServer } from '../../../src/testing/describe-each-server.ts';
import { schemaDatabase, type SchemaDatabase } from '../../../src/testing/schema/schema-database.ts';
import { describeEachServer } from '../../servers/describe-each-server.ts';

const customers = table('customer', { id: integer().primaryKey(), ...tenant(), name: text({ max: 40 }) });
const orders = table('order_line', {
  id: integer().primaryKey(),
  ...tenant(),
  customerId: integer(),
  amount: integer(),
});
const countries = table('country', { code: text({ max: 2 }).primaryKey() });
const schema = { customers, orders, countries };

const ada = '00000000-0000-7000-8000-00000000000a';
const bob = '00000000-0000-7000-8000-00000000000b';

/** Each tenant has two customers with an order each; a country is everybody's. */
async function openShop(server: TestServer): Promise<SchemaDatabase> {
  const shop = await schemaDatabase(server, schema);
  await fill(shop.database, ada, 10);
  await fill(shop.database, bob, 20);
  await shop.database.repository(countries).insert({ code: 'GB' });
  return shop;
}

async function fill(database: ServiceDatabase, owner: string, from: number): Promise<void> {
  const session = database.forTenant(owner);
  for (const id of [from, from + 1]) {
    await session.repository(customers).insert({ id, name: `c${id}` });
    await session.repository(orders).insert({ id, customerId: id, amount: id });
  }
}

describeEachServer('Kysely on the session of a tenant', (server) => {
  test('reads the rows of that tenant, through joins, subqueries and expressions', async () => {
    await using shop = await openShop(server);
    const kysely = kyselyOf(shop.database.forTenant(bob), schema);

    const plain = await kysely.selectFrom('customer').select('id').orderBy('id').execute();
    const either = await kysely
      .selectFrom('customer as c')
      .select('c.id')
      .where((eb) => eb.or([eb('c.id', '=', 10), eb('c.id', '=', 20)]))
      .execute();
    const joined = await kysely
      .selectFrom('country')
      .leftJoin('order_line as o', (join) => join.onTrue())
      .leftJoin('customer', 'customer.id', 'o.customer_id')
      .select(['country.code', 'o.id', 'customer.name', 'customer.tenant_id'])
      .orderBy('o.id')
      .execute();
    const nested = await kysely
      .with('rich', (eb) => eb.selectFrom('order_line').select('customer_id').where('amount', '>', 0))
      .selectFrom('rich')
      .select((eb) => ['customer_id', eb.selectFrom('customer').select(eb.fn.countAll<number>().as('n')).as('all')])
      .where((eb) => eb.exists(eb.selectFrom('customer').select('id').whereRef('id', '=', 'rich.customer_id')))
      .orderBy('customer_id')
      .execute();

    expect(plain).toEqual([{ id: 20 }, { id: 21 }]);
    expect(either).toEqual([{ id: 20 }]);
    expect(joined).toEqual([
      { code: 'GB', id: 20, name: 'c20', tenant_id: bob },
      { code: 'GB', id: 21, name: 'c21', tenant_id: bob },
    ]);
    expect(nested.map((row) => ({ ...row, all: Number(row.all) }))).toEqual([
      { customer_id: 20, all: 2 },
      { customer_id: 21, all: 2 },
    ]);
  });

  test('writes rows of that tenant only', async () => {
    await using shop = await openShop(server);
    const bobs = shop.database.forTenant(bob);

    await bobs.transaction(async (tx) => {
      const kysely = kyselyOf(tx, schema);
      await kysely
        .insertInto('customer')
        .values(
          [
            { id: 30, name: 'new' },
            { id: 31, name: 'too', tenant_id: bob },
          ].map((row) => ({ tenant_id: bob, ...row })),
        )
        .execute();
      await kysely.insertInto('order_line').values({ id: 30, customer_id: 30, amount: 1 }).execute();
      await kysely
        .updateTable('customer')
        .set({ name: 'changed' })
        .where((eb) => eb.or([eb('id', '=', 10), eb('id', '=', 20)]))
        .execute();
      await kysely.deleteFrom('order_line').where('id', 'in', [10, 21]).execute();
    });

    const all = kyselyOf(shop.database.unscoped('the test looks at all rows'), schema);
    const left = await all.selectFrom('customer').select(['id', 'name', 'tenant_id']).orderBy('id').execute();
    expect(left).toEqual([
      { id: 10, name: 'c10', tenant_id: ada },
      { id: 11, name: 'c11', tenant_id: ada },
      { id: 20, name: 'changed', tenant_id: bob },
      { id: 21, name: 'c21', tenant_id: bob },
      { id: 30, name: 'new', tenant_id: bob },
      { id: 31, name: 'too', tenant_id: bob },
    ]);
    const lines = await all.selectFrom('order_line').select(['id', 'tenant_id']).orderBy('id').execute();
    expect(lines.map(({ id }) => id)).toEqual([10, 11, 20, 30]);
    expect(lines.at(-1)?.tenant_id).toBe(bob);
  });

  test('takes the tenant of the transaction around it, and no query that was made for another', async () => {
    await using shop = await openShop(server);
    const kysely = kyselyOf(shop.database, schema);
    const query = kysely.selectFrom('customer').select('id').orderBy('id');
    const inScope = async <T>(owner: string, work: () => Promise<T>): Promise<T> =>
      await shop.database.forTenant(owner).transaction(work);

    const adas = await inScope(ada, async () => await query.execute());
    const bobs = await inScope(bob, async () => await query.execute());
    const made = await inScope(ada, async () => await Promise.resolve(query.compile()));
    const code = await codeOf(async () => await inScope(bob, async () => await kysely.executeQuery(made)));

    expect([adas, bobs]).toEqual([
      [{ id: 10 }, { id: 11 }],
      [{ id: 20 }, { id: 21 }],
    ]);
    expect(code).toBe('TENANT_UNFENCED');
  });

  test('refuses what would leave it, and a session without a tenant', async () => {
    await using shop = await openShop(server);
    const kysely = kyselyOf(shop.database.forTenant(bob), schema);
    const codes = await Promise.all(
      [
        () => kysely.insertInto('customer').values({ id: 40, name: 'x', tenant_id: ada }).execute(),
        () =>
          kysely
            .insertInto('customer')
            .values([
              { id: 40, name: 'x' },
              { id: 41, name: 'y', tenant_id: ada },
            ])
            .execute(),
        () => sql`select count(*) from customer`.execute(kysely),
        () =>
          kysely
            .selectFrom('country')
            .select(sql<number>`(select count(*) from customer)`.as('n'))
            .execute(),
        () => kysely.selectFrom('customer').select('id').forUpdate().execute(),
        () =>
          kysely
            .with('customer', (eb) => eb.selectFrom('customer').selectAll())
            .selectFrom('customer')
            .select('id')
            .execute(),
        () =>
          kysely
            .insertInto('customer')
            .columns(['id', 'name', 'tenant_id'])
            .expression((eb) => eb.selectFrom('customer').select(['id', 'name', 'tenant_id']))
            .execute(),
        () => kysely.updateTable(['customer', 'order_line']).set({ name: 'x' }).execute(),
        () => kysely.updateTable('customer').from('order_line').set({ name: 'x' }).execute(),
        () => kysely.deleteFrom('customer').using('order_line').where('customer.id', '>', 0).execute(),
        () => kysely.replaceInto('customer').values({ id: 10, name: 'x' }).execute(),
        () =>
          kysely
            .insertInto('customer')
            .values({ id: 10, name: 'x' })
            .onConflict((on) => on.column('id').doUpdateSet({ name: 'x' }))
            .execute(),
        () => kysely.insertInto('customer').values({ id: 10, name: 'x' }).onDuplicateKeyUpdate({ name: 'x' }).execute(),
        () => kysely.schema.dropTable('customer').execute(),
        () => kyselyOf(shop.database, schema).selectFrom('customer').select('id').execute(),
      ].map(async (run) => await codeOf(run)),
    );

    expect(codes).toEqual([
      'TENANT_MISMATCH',
      'TENANT_MISMATCH',
      ...Array.from({ length: 12 }, () => 'TENANT_UNFENCED'),
      'TENANT_MISSING',
    ]);
  });
});

async function codeOf(run: () => Promise<unknown>): Promise<unknown> {
  try {
    await run();
    return 'done';
  } catch (error) {
    return (error as { readonly code?: unknown }).code ?? error;
  }
}
