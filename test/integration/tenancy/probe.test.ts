import { expect, test } from 'vitest';
import { connect } from '../../../src/connect/connect.ts';
import type { ServiceDatabase } from '../../../src/connect/service-session.ts';
import { sql } from '../../../src/index.ts';
import { isHole, type ProbeReport } from '../../../src/tenancy/probe/probe-report.ts';
import { probeTenants } from '../../../src/tenancy/probe/probe-tenants.ts';
import { createSchema } from '../../../src/testing/schema/create-schema.ts';
import { localSettings } from '../../../src/testing/schema/schema-database.ts';
import type { TestServer } from '../../../src/testing/describe-each-server.ts';
import { unsupported } from '../../../src/testing/unsupported.ts';
import { describeEachServer } from '../../servers/describe-each-server.ts';
import { makeAccount } from '../../servers/make-account.ts';
import { openUrl } from '../database/open-url.ts';
import { countries, customers, invoices, shop } from './shop.ts';

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
    const reached = report.cells.filter(({ state }) => state === 'reached').map(({ action }) => action);
    const verbs = ['get', 'list', 'count', 'update', 'updateWhere', 'delete', 'deleteWhere', 'restore', 'insert'];
    if (!hasFence) expect(reached).toEqual(expect.arrayContaining(verbs));
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
      'invoice fence of the database: failed row-level security of table invoice is switched off',
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
    expect(holes(report)).toEqual(['invoice fence of the database: failed table invoice has no policy invoice_tenant']);
  });
  return undefined;
});
