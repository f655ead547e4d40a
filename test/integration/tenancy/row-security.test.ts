import { beforeEach, expect, test } from 'vitest';
import type { ServiceDatabase } from '../../../src/connect/service-session.ts';
import { connect } from '../../../src/connect/connect.ts';
import { id, sql } from '../../../src/index.ts';
import { createSchema } from '../../../src/testing/schema/create-schema.ts';
import { localSettings } from '../../../src/testing/schema/schema-database.ts';
import { unsupported } from '../../../src/testing/unsupported.ts';
import { describeEachServer } from '../../servers/describe-each-server.ts';
import { makeAccount } from '../../servers/make-account.ts';
import { codeOf } from './code-of.ts';
import { countingProxy } from './counting-proxy.ts';
import { ada, bob, customers, shop } from './shop.ts';

const count = sql`select count(*) as n from ${id('customer')}`;

describeEachServer('the fence of the database itself', (server) => {
  if (server.engine !== 'postgresql') return unsupported(`${server.variant} has no row security`);
  let owner: ServiceDatabase;
  let database: ServiceDatabase;
  let accountUrl: string;
  const open = async (parameters = ''): Promise<ServiceDatabase> => {
    const { url } = await server.database();
    owner = await connect(shop, localSettings(url));
    await createSchema(owner, shop);
    const account = await makeAccount(server, url);
    await account.letWrite('customer', 'invoice', 'country');
    accountUrl = account.url;
    return await connect(shop, localSettings(`${account.url}${parameters}`));
  };
  const fill = async (): Promise<void> => {
    await database.forTenant(ada).repository(customers).insert({ email: 'a@x', name: 'Xenia' });
    await database.forTenant(bob).repository(customers).insert({ email: 'b@x', name: 'Yves' });
    await database.forTenant(bob).repository(customers).insert({ email: 'c@x', name: 'Zoe' });
  };
  const counted = async (session: Pick<ServiceDatabase, 'query'>): Promise<number> =>
    Number((await session.query<{ n: unknown }>(count))[0]?.n);

  beforeEach(async () => {
    database = await open();
    await fill();
    return async () => {
      await database.close();
      await owner.close();
    };
  });

  test('holds SQL written by hand among the rows of the tenant', async () => {
    const bobs = database.forTenant(bob);

    expect(await counted(bobs)).toBe(2);
    expect(await counted(bobs.read)).toBe(2);
    expect(await bobs.execute(sql`update ${id('customer')} set name = 'All'`)).toBe(2);
    expect(await bobs.transaction(async (tx) => await tx.execute(sql`delete from ${id('customer')}`))).toBe(2);
    const seen: unknown[] = [];
    for await (const rows of bobs.stream({ sql: 'select name from customer' }, [])) seen.push(...rows);
    expect(seen).toEqual([]);
    expect(await counted(database.forTenant(ada))).toBe(1);
  });

  test('refuses a row of another tenant that SQL written by hand would make', async () => {
    const bobs = database.forTenant(bob);
    const insert = sql`insert into ${id('customer')} (id, tenant_id, email, name) values (${ada}, ${ada}, 'q', 'q')`;
    const move = sql`update ${id('customer')} set tenant_id = ${ada}`;

    expect(await codeOf(bobs.execute(insert))).toBe('PERMISSION_DENIED');
    expect(await codeOf(bobs.execute(move))).toBe('PERMISSION_DENIED');
    expect(await counted(bobs)).toBe(2);
  });

  test('shows no row to a session without a tenant, and all to one that says why', async () => {
    expect(await counted(database)).toBe(0);
    expect(await counted(database.unscoped('counts everybody'))).toBe(3);
    expect(await counted(database)).toBe(0);
  });

  test('leaves nothing of a tenant on the connection, after a failure either', async () => {
    const bobs = database.forTenant(bob);
    const left = sql`select current_setting('rowhouse.tenant', true) as tenant,
      current_setting('rowhouse.unscoped', true) as unscoped`;
    const setting = async (): Promise<unknown> => (await database.query(left))[0];

    await counted(bobs);
    expect(await codeOf(bobs.execute(sql`select 1 / 0`))).toBe('VALUE_INVALID');
    await counted(database.unscoped('leaves nothing'));
    await bobs.transaction(async (tx) => await counted(tx));
    const states = await owner.query(sql`
      select state from pg_stat_activity where datname = current_database() and state like 'idle in%'`);

    expect(states).toEqual([]);
    expect(await setting()).toEqual({ tenant: '', unscoped: '' });
    expect(await counted(database)).toBe(0);
  });

  test('follows a transaction that is left for all tenants, or for one, and comes back', async () => {
    const seen: number[] = [];
    const see = async (session: Parameters<typeof counted>[0]): Promise<void> => void seen.push(await counted(session));

    await database.transaction(async (tx) => {
      await see(tx);
      await tx.forTenant(bob, async (bobs) => {
        await see(bobs);
        await bobs.unscoped('compares', see).then(async () => await see(bobs));
        const failing = bobs.unscoped('fails', async (all) => await all.execute(sql`select 1 / 0`));
        expect(await codeOf(failing)).toBe('VALUE_INVALID');
        await see(bobs);
      });
      await see(tx);
    });

    expect(seen).toEqual([0, 2, 3, 2, 2, 0]);
  });

  test('commits nothing of a call whose last statement fails', async () => {
    const bobs = database.forTenant(bob);
    const rename = { sql: "update customer set name = 'Half'" };

    const outcome = await codeOf(
      bobs.runAll([
        [rename, []],
        [{ sql: 'select 1 / 0' }, []],
      ]),
    );

    expect(outcome).toBe('VALUE_INVALID');
    expect(await bobs.repository(customers).count({ name: 'Half' })).toBe(0);
    expect(await counted(bobs)).toBe(2);
  });

  test('holds the owner of the tables too', async () => {
    await owner.execute(sql`create role plain_owner nologin`);
    await owner.execute(sql`alter table customer owner to plain_owner`);
    try {
      const found = await owner.transaction(async (tx) => {
        await tx.execute(sql`set local role plain_owner`);
        return await counted(tx);
      });

      expect(found).toBe(0);
    } finally {
      await owner.execute(sql`alter table customer owner to current_user`);
      await owner.execute(sql`drop role plain_owner`);
    }
  });

  test('is told in the flight of the statement: no read and no write waits once more', async () => {
    const { hostname, port } = new URL(accountUrl);
    await using proxy = await countingProxy(hostname, Number(port));
    const through = new URL(accountUrl);
    through.port = String(proxy.port);
    await using far = await connect(shop, localSettings(through.href));
    const rows = far.forTenant(bob).repository(customers);
    const [first] = await rows.list();
    const id = first?.id ?? '';
    const tripsOf = async (call: () => Promise<unknown>): Promise<number> => {
      await call();
      proxy.takeRoundTrips();
      await call();
      return proxy.takeRoundTrips();
    };

    expect(await tripsOf(async () => await rows.get(id))).toBe(1);
    expect(await tripsOf(async () => await rows.list())).toBe(1);
    expect(await tripsOf(async () => await rows.update(id, { name: 'Yvonne' }))).toBe(1);
    const inTransaction = async (): Promise<number> =>
      await far.forTenant(bob).transaction(async (tx) => await tx.repository(customers).count());
    expect(await tripsOf(inTransaction)).toBe(2);
  });

  test('holds where statements cannot share a flight', async () => {
    await using slow = await open('?pipeline=off');
    await database.close();
    database = slow;
    await fill();
    const bobs = slow.forTenant(bob);

    expect(await counted(bobs)).toBe(2);
    expect(await bobs.repository(customers).count()).toBe(2);
    expect(await codeOf(bobs.execute(sql`select 1 / 0`))).toBe('VALUE_INVALID');
    expect(await counted(bobs)).toBe(2);
    expect(await counted(slow)).toBe(0);
  });
  return undefined;
});
