import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { expect, test } from 'vitest';
import { connect } from '../../../src/connect/connect.ts';
import { id, sql } from '../../../src/index.ts';
import { createSchema } from '../../../src/testing/schema/create-schema.ts';
import { localSettings } from '../../../src/testing/schema/schema-database.ts';
import { describeEachServer } from '../../servers/describe-each-server.ts';
import { codeOf } from './code-of.ts';
import { ada, bob, customers, shop } from './shop.ts';

const count = sql`select count(*) as n from ${id('customer')}`;

/** On PostgreSQL the accounts of these tests are superusers, whom no policy holds back. */
describeEachServer('SQL written by hand where nothing fences it', (server) => {
  test('is refused on the session of a tenant, whichever way it is run', async () => {
    const { url } = await server.database();
    await using database = await connect(shop, localSettings(url));
    await createSchema(database, shop);
    const bobs = database.forTenant(bob);
    const statement = { sql: 'select 1' };
    const readAll = async (): Promise<void> => {
      for await (const rows of bobs.stream(statement, [])) expect(rows).toEqual('nothing');
    };

    expect(await codeOf(bobs.query(count))).toBe('TENANT_UNFENCED');
    expect(await codeOf(bobs.execute(sql`delete from ${id('customer')}`))).toBe('TENANT_UNFENCED');
    expect(await codeOf(bobs.run(statement, []))).toBe('TENANT_UNFENCED');
    expect(await codeOf(bobs.runAll([[statement, []]]))).toBe('TENANT_UNFENCED');
    expect(await codeOf(readAll())).toBe('TENANT_UNFENCED');
    expect(await codeOf(bobs.read.query(count))).toBe('TENANT_UNFENCED');
    expect(await codeOf(bobs.session().query(count))).toBe('TENANT_UNFENCED');
    expect(await codeOf(bobs.transaction(async (tx) => await tx.query(count)))).toBe('TENANT_UNFENCED');
    expect(await codeOf(database.query(count))).toBe('done');
  });

  test('runs for who says why, and the reason is written down', async () => {
    const { url } = await server.database();
    const logged: unknown[] = [];
    const told: unknown[] = [];
    const note = (fields: object, message: string): void => void logged.push({ ...fields, message });
    const logger = { debug: note, info: note, warn: note, error: note };
    await using database = await connect(shop, localSettings(url), { logger });
    await createSchema(database, shop);
    await database.forTenant(ada).repository(customers).insert({ email: 'a', name: 'A' });
    await database.forTenant(bob).repository(customers).insert({ email: 'b', name: 'B' });
    const listen = (message: unknown): void => void told.push((message as { readonly reason: string }).reason);
    subscribe('rowhouse:unscoped', listen);

    const rows = await database.unscoped('monthly report').query<{ n: unknown }>(count);

    unsubscribe('rowhouse:unscoped', listen);
    expect(Number(rows[0]?.n)).toBe(2);
    expect(told).toEqual(['monthly report']);
    expect(logged).toContainEqual({
      reason: 'monthly report',
      where: database.where,
      message: 'a session reaches the rows of all tenants',
    });
  });
});
