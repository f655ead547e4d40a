import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { connect } from '../../../src/connect/connect.ts';
import { placeOf } from '../../../src/database/connector.ts';
import { id, integer, sql, table, text } from '../../../src/index.ts';
import { createSchema } from '../../../src/testing/schema/create-schema.ts';
import { localSettings } from '../../../src/testing/schema/schema-database.ts';
import { unsupported } from '../../../src/testing/unsupported.ts';
import { describeEachServer } from '../../servers/describe-each-server.ts';
import { codeOf } from './code-of.ts';

const notes = table('note', { id: integer().primaryKey(), body: text({ max: 20 }) });
const schema = { notes };
const body = sql`select body from ${id('note')}`;

describeEachServer('a database for each tenant', (server) => {
  test('is found by the name of the tenant, opened when it is needed and closed for another', async () => {
    const [own, first, second] = [await server.database(), await server.database(), await server.database()];
    const nameOf = (url: string): string => localSettings(url).write.database;
    const places: Readonly<Record<string, string>> = {
      a: nameOf(first.url),
      b: nameOf(second.url),
      c: nameOf(own.url),
    };
    for (const { url } of [own, first, second]) {
      await using database = await connect(schema, localSettings(url));
      await createSchema(database, schema);
    }
    const name = (tenant: string): string => places[tenant] ?? tenant;
    await using database = await connect(schema, localSettings(own.url), {
      tenancy: { by: 'database', name, open: 2 },
    });
    const [a, b] = [database.forTenant('a'), database.forTenant('b')];

    await a.repository(notes).insert({ id: 1, body: 'of a' });
    await b.transaction(async (tx) => await tx.repository(notes).insert({ id: 1, body: 'of b' }));
    await database.forTenant('c').repository(notes).insert({ id: 1, body: 'of c' });

    expect(await a.repository(notes).list()).toEqual([{ id: 1, body: 'of a' }]);
    expect(await b.query(body)).toEqual([{ body: 'of b' }]);
    expect(await database.repository(notes).list()).toEqual([{ id: 1, body: 'of c' }]);
    expect(a.tenant).toEqual({ value: 'a' });
    expect(a.where).toBe(placeOf({ ...localSettings(own.url).write, database: name('a') }));
    const other = b.transaction(async (tx) => await tx.forTenant('a', async (theirs) => await theirs.query(body)));
    expect(await codeOf(other)).toBe('TENANT_MISMATCH');
    const beside = b.transaction(async () => await database.repository(notes).count());
    expect(await codeOf(beside)).toBe('TENANT_MISMATCH');
    const unbound = database.transaction(
      async (tx) => await tx.forTenant('a', async (theirs) => await theirs.query(body)),
    );
    expect(await codeOf(unbound)).toBe('CAPABILITY_MISSING');
  });

  test('refuses more than may be open while all are in use, and serves again when one is free', async () => {
    const [own, other] = [await server.database(), await server.database()];
    for (const { url } of [own, other]) {
      await using database = await connect(schema, localSettings(url));
      await createSchema(database, schema);
    }
    const name = (tenant: string): string => localSettings(tenant === 'a' ? own.url : other.url).write.database;
    await using database = await connect(schema, localSettings(own.url), {
      tenancy: { by: 'database', name, open: 1 },
    });
    const b = database.forTenant('b').repository(notes);

    const open = await database.forTenant('a').begin();
    expect(await codeOf(b.count())).toBe('POOL_EXHAUSTED');
    await open.rollback();

    expect(await b.count()).toBe(0);
  });

  test('is not made up for a tenant that has none', async () => {
    const own = await server.database();
    await using database = await connect(schema, localSettings(own.url), { tenancy: { by: 'database' } });
    const nobody = database.forTenant(`nobody${randomBytes(4).toString('hex')}`);

    expect(await codeOf(nobody.repository(notes).count())).toBe('DATABASE_NOT_FOUND');
    expect(() => database.forTenant('../other')).toThrow(/cannot stand in the name/);
  });
});

describeEachServer('a namespace for each tenant', (server) => {
  if (server.engine !== 'postgresql') return unsupported(`a session of ${server.variant} cannot change its namespace`);

  test('is where its sessions find the tables, for one statement at a time', async () => {
    const { url } = await server.database();
    await using database = await connect(schema, localSettings(url), { tenancy: { by: 'namespace' } });
    await createSchema(database, schema);
    for (const name of ['tenant_a', 'tenant_b']) {
      await database.execute(sql`create schema ${id(name)}`);
      await database.execute(sql`create table ${id(name, 'note')} (like ${id('public', 'note')} including all)`);
    }
    const [a, b] = [database.forTenant('a'), database.forTenant('b')];

    await a.repository(notes).insert({ id: 1, body: 'of a' });
    await b.transaction(async (tx) => await tx.repository(notes).insert({ id: 1, body: 'of b' }));

    expect(await a.repository(notes).list()).toEqual([{ id: 1, body: 'of a' }]);
    expect(await b.query(body)).toEqual([{ body: 'of b' }]);
    expect(await database.repository(notes).list()).toEqual([]);
    expect(await codeOf(database.forTenant('c').repository(notes).count())).toBe('OBJECT_MISSING');
  });
  return undefined;
});

describeEachServer('a namespace for each tenant elsewhere', (server) => {
  if (server.engine === 'postgresql') return unsupported('see above');

  test('is refused', async () => {
    const { url } = await server.database();
    await using database = await connect(schema, localSettings(url), { tenancy: { by: 'namespace' } });

    expect(() => database.forTenant('a')).toThrow(/cannot change its namespace/);
  });
  return undefined;
});
