import { expect, test } from 'vitest';
import { connect } from '../../../src/connect/connect.ts';
import type { ServiceDatabase } from '../../../src/connect/service-session.ts';
import { renderProbe } from '../../../src/cli/render/probe.ts';
import { foreignKey, integer, sql, table, tenant, unique } from '../../../src/index.ts';
import { createRepository } from '../../../src/repository/create-repository.ts';
import type { TableOf } from '../../../src/schema/table/table.ts';
import type { Attempt, Row } from '../../../src/tenancy/probe/attempt.ts';
import { isHole, type ProbeReport } from '../../../src/tenancy/probe/probe-report.ts';
import { probeTenants } from '../../../src/tenancy/probe/probe-tenants.ts';
import { withoutPredicate } from '../../../src/tenancy/probe/without-predicate.ts';
import { createSchema } from '../../../src/testing/schema/create-schema.ts';
import { localSettings } from '../../../src/testing/schema/schema-database.ts';
import type { TestServer } from '../../../src/testing/describe-each-server.ts';
import { unsupported } from '../../../src/testing/unsupported.ts';
import { describeEachServer } from '../../servers/describe-each-server.ts';
import { makeAccount } from '../../servers/make-account.ts';
import { openUrl } from '../database/open-url.ts';
import { countries, customers, invoices, shop } from './shop.ts';

/** A tenant has one head, so that the probe finds no place for one without hands. */
const headTable = table('head', { id: integer().primaryKey(), ...tenant(integer()) }, (t) => [
  unique([t.tenantId]),
  unique([t.tenantId, t.id]),
]);
const heads = {
  heads: headTable,
  hands: table('hand', { id: integer().primaryKey(), ...tenant(integer()), headId: integer() }, (t) => [
    foreignKey([t.tenantId, t.headId], () => [headTable.tenantId, headTable.id]),
  ]),
};

const holes = ({ cells }: ProbeReport): readonly string[] =>
  cells.filter(isHole).map(({ table, action, state, detail }) => `${table} ${action}: ${state} ${detail ?? ''}`);

/** A database whose account is held back by policies where there are such. */
async function openFenced(server: TestServer): Promise<{ readonly url: string; readonly database: ServiceDatabase }> {
  const { url } = await server.database();
  await using owner = await connect(shop, localSettings(url));
  await createSchema(owner, shop);
  if (server.engine !== 'postgresql') return { url, database: await connect(shop, localSettings(url)) };
  const account = await makeAccount(server, url);
  await account.letWrite('customer', 'invoice', 'country');
  return { url, database: await connect(shop, localSettings(account.url)) };
}

describeEachServer('the probe', (server) => {
  const hasFence = server.engine === 'postgresql';

  test('sees every verb and all SQL by hand refused, and leaves no row', async () => {
    const { database } = await openFenced(server);
    await using _ = database;

    const report = await probeTenants(database, { schema: shop });

    expect(holes(report)).toEqual([]);
    expect(report.ok).toBe(true);
    expect(report.tables).toEqual(['customer', 'invoice']);
    expect(report.cells.filter(({ state }) => state === 'refused').length).toBeGreaterThan(60);
    const all = database.unscoped('counts what the probe left');
    const left = [all.repository(customers), all.repository(invoices), all.repository(countries)];
    expect(await Promise.all(left.map(async (rows) => await rows.count()))).toEqual([0, 0, 0]);
  });

  test('shows what the database alone refuses: everything where it has a fence, nothing elsewhere', async () => {
    const { database } = await openFenced(server);
    await using _ = database;

    const report = await probeTenants(database, { schema: shop, withoutPredicate: true });

    expect(holes(report).length === 0).toBe(hasFence);
    const reached = report.cells
      .filter(({ state }) => state === 'reached')
      .map(({ table, action }) => `${table} ${action}`);
    const verbs = ['get', 'list', 'count', 'update', 'updateWhere', 'delete', 'deleteWhere', 'restore', 'insert'];
    const ofParents = [...verbs, 'purge', 'purgeWhere'].map((verb) => `customer ${verb}`);
    if (!hasFence) expect(reached).toEqual(expect.arrayContaining(ofParents));
  });

  test('shows a way around the predicate that deletes, on a table with children too', async () => {
    const { database } = await openFenced(server);
    await using _ = database;
    const purges: Attempt['run'] = async ({ session, table, key }) => {
      const unbound = withoutPredicate(session);
      await createRepository(table as TableOf<Row, Row, Row>, unbound).purge(key);
      return 1;
    };
    const isFor: Attempt['isFor'] = ({ deletedAt }) => deletedAt !== undefined;
    const attempts: readonly Attempt[] = [{ name: 'purge of any row', onDeleted: true, isFor, run: purges }];

    const { cells } = await probeTenants(database, { schema: shop, attempts });

    const [ofCustomer] = cells.filter(({ action, table }) => action === 'purge of any row' && table === 'customer');
    expect(ofCustomer).toMatchObject({ state: hasFence ? 'refused' : 'reached' });
  });

  test('shows a way around the predicate that changes, where a row has nothing but its parent to change', async () => {
    const { url } = await server.database();
    await using owner = await connect(heads, localSettings(url));
    await createSchema(owner, heads);

    const { cells } = await probeTenants(owner, { schema: heads, withoutPredicate: true });

    const [ofHand] = cells.filter(({ action, table }) => action === 'update' && table === 'hand');
    expect(ofHand).toMatchObject({ state: 'reached' });
  });

  test('says that it proves nothing where the children of the only row refuse a delete', async () => {
    const { url } = await server.database();
    await using owner = await connect(heads, localSettings(url));
    await createSchema(owner, heads);

    const report = await probeTenants(owner, { schema: heads });

    const [ofHead] = report.cells.filter(({ action, table }) => action === 'delete' && table === 'head');
    expect(ofHead).toMatchObject({ state: 'failed', detail: 'refused to its owner too: FOREIGN_KEY_VIOLATION' });
    expect(report.ok).toBe(false);
  });
});

describeEachServer('the probe of a database that lost its fence', (server) => {
  if (server.engine !== 'postgresql') return unsupported(`${server.variant} has no row security`);

  test('shows a fence that was taken down by hand', async () => {
    const { url, database } = await openFenced(server);
    await using _ = database;
    await using owner = await openUrl(url);

    await owner.run({ sql: 'alter table invoice disable row level security' }, []);
    const opened = holes(await probeTenants(database, { schema: shop }));
    await owner.run({ sql: 'alter table invoice enable row level security' }, []);
    await owner.run({ sql: 'drop policy customer_tenant on customer' }, []);
    const dropped = await probeTenants(database, { schema: shop });

    expect(opened).toEqual([
      'invoice fence of the database: unfenced row-level security of table invoice is switched off',
      'invoice select by hand: reached 1 row',
      'invoice update by hand: reached 1 row',
      'invoice delete by hand: reached changed',
      'invoice insert by hand: reached changed',
    ]);
    expect(dropped.ok).toBe(false);
    expect(holes(dropped)).toContain('customer get: failed no row: PERMISSION_DENIED');
    expect(holes(dropped)).not.toContain('customer insert beneath: failed no row: PERMISSION_DENIED');
  });

  test('shows it to an account too that passes every policy by', async () => {
    const { url } = await server.database();
    await using owner = await connect(shop, localSettings(url));
    await createSchema(owner, shop);
    await owner.execute(sql`drop policy invoice_tenant on invoice`);

    const report = await probeTenants(owner, { schema: shop });

    expect(report.ok).toBe(false);
    expect(holes(report)).toEqual([
      'invoice fence of the database: unfenced table invoice has no policy invoice_tenant',
    ]);
    const printed = renderProbe(report, 100);
    expect(printed[0]).toMatch(/^fence of the database +MISSING/m);
    expect(printed.at(-1)?.replaceAll('\n', ' ')).toBe(
      'invoice: a hole, the database lacks its fence (table invoice has no policy invoice_tenant)',
    );
  });
  return undefined;
});
