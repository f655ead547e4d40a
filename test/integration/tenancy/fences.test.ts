import { expect, test } from 'vitest';
import { connect, type ConnectOptions } from '../../../src/connect/connect.ts';
import type { ServiceDatabase } from '../../../src/connect/service-session.ts';
import {
  bigint,
  char,
  createHealthRegistry,
  integer,
  policy,
  smallint,
  sql,
  table,
  tenancyCheck,
  text,
  uuid,
  varchar,
  type Tenancy,
} from '../../../src/index.ts';
import type { SchemaModule } from '../../../src/schema/schema.ts';
import type { TestServer } from '../../../src/testing/describe-each-server.ts';
import { createSchema } from '../../../src/testing/schema/create-schema.ts';
import { localSettings } from '../../../src/testing/schema/schema-database.ts';
import { unsupported } from '../../../src/testing/unsupported.ts';
import { describeEachServer } from '../../servers/describe-each-server.ts';
import { makeAccount } from '../../servers/make-account.ts';
import { openUrl } from '../database/open-url.ts';
import { countries, shop } from './shop.ts';

const tenancy: Tenancy = { by: 'row', shared: [countries] };

/** Starts the service and ends it; gives what it was refused with. */
async function started(
  url: string,
  options: ConnectOptions = { tenancy },
  schema: SchemaModule = shop,
): Promise<unknown> {
  try {
    await using _database = await connect(schema, localSettings(url), options);
    return undefined;
  } catch (error) {
    return error;
  }
}

async function made(server: TestServer, schema: SchemaModule = shop): Promise<string> {
  const { url } = await server.database();
  await using database = await connect(schema, localSettings(url));
  await createSchema(database, schema);
  return url;
}

async function run(url: string, ...statements: readonly string[]): Promise<void> {
  await using owner = await openUrl(url);
  for (const statement of statements) await owner.run({ sql: statement }, []);
}

describeEachServer('a service with tenants', (server) => {
  test('starts where its tables are as the schema says, and where they are not made yet', async () => {
    const { url } = await server.database();

    expect(await started(url)).toBeUndefined();
    expect(await started(await made(server))).toBeUndefined();
  });

  test('does not start where a table has lost the column of its tenant', async () => {
    const { url } = await server.database();
    await run(url, 'create table customer (id integer primary key)', 'create table invoice (tenant_id integer)');

    const refusal = await started(url);

    expect(refusal).toMatchObject({
      code: 'TENANT_UNFENCED',
      message: expect.stringContaining('table customer has no column tenant_id') as string,
      hint: expect.stringContaining('rowhouse up') as string,
      details: { tables: expect.arrayContaining(['customer']) as string[] },
    });
    expect(await started(url, { tenancy, checkFences: false })).toBeUndefined();
    expect(await started(url, {})).toBeUndefined();
  });
});

describeEachServer('a service whose fences were taken down', (server) => {
  if (server.engine !== 'postgresql') return unsupported(`${server.variant} has no row security`);

  const faults: readonly (readonly [title: string, statement: string, message: RegExp])[] = [
    ['a policy is gone', 'drop policy invoice_tenant on invoice', /table invoice has no policy invoice_tenant/],
    [
      'a policy is another one',
      'alter policy invoice_tenant on invoice using (true)',
      /policy invoice_tenant of table invoice is not the one that its column makes/,
    ],
    [
      'a policy lets rows in that nobody may read',
      'alter policy invoice_tenant on invoice with check (true)',
      /policy invoice_tenant of table invoice is not/,
    ],
    [
      'a policy is for some only',
      'alter policy invoice_tenant on invoice to current_user',
      /policy invoice_tenant of table invoice is not/,
    ],
    [
      'row-level security is off',
      'alter table invoice disable row level security',
      /row-level security of table invoice is switched off/,
    ],
    [
      'the owner passes it by',
      'alter table invoice no force row level security',
      /row-level security of table invoice does not hold its owner/,
    ],
    [
      'somebody has let more through',
      'create policy wide on invoice using (true)',
      /policy wide of table invoice lets rows through that the schema does not/,
    ],
  ];

  test.each(faults)(
    'does not start when %s, and starts once the hint was followed',
    async (_title, statement, message) => {
      const url = await made(server);
      await run(url, statement);

      const refusal = (await started(url)) as {
        readonly code: string;
        readonly message: string;
        readonly hint: string;
      };
      expect(refusal).toMatchObject({ code: 'TENANT_UNFENCED', message: expect.stringMatching(message) as string });
      await run(url, ...refusal.hint.split(': ').slice(1).join(': ').split(';\n'));

      expect(await started(url)).toBeUndefined();
    },
  );

  test('names each of them at once', async () => {
    const url = await made(server);
    await run(url, 'drop policy invoice_tenant on invoice', 'alter table customer disable row level security');

    expect(await started(url)).toMatchObject({
      message: expect.stringMatching(/customer is switched off; table invoice has no policy/) as string,
      details: { tables: ['customer', 'invoice'] },
    });
  });

  test('is not stopped by policies that narrow, that are the schema’s or that are for others', async () => {
    const own = policy('own_rows', shop.invoices, { using: sql`number > 0` });
    const url = await made(server, { ...shop, own });
    const account = await makeAccount(server, url);
    await using other = await makeAccount(server, url);
    await run(
      url,
      'create policy narrow on invoice as restrictive using (amount > 0)',
      `create policy auditor on invoice for select to ${other.user} using (true)`,
    );

    expect(await started(url, { tenancy }, { ...shop, own })).toBeUndefined();
    expect(await started(account.url, { tenancy }, { ...shop, own })).toBeUndefined();
    expect(await started(other.url, { tenancy }, { ...shop, own })).toMatchObject({
      message: expect.stringContaining('policy auditor of table invoice') as string,
    });
    await account[Symbol.asyncDispose]();
  });

  test('knows its policy again whatever type names the tenant', async () => {
    const tenants = { uuid: uuid(), small: smallint(), whole: integer(), big: bigint() };
    const names = { text: text(), varchar: varchar(20), fixed: char(8) };
    const tables = Object.entries({ ...tenants, ...names }).map(([name, type]) => {
      return [name, table(`of ${name}`, { id: integer().primaryKey(), tenantKey: type.tenant() })] as const;
    });
    const schema = Object.fromEntries(tables);

    expect(await started(await made(server, schema), { tenancy: { by: 'row' } }, schema)).toBeUndefined();
  });

  test('is not ready while one is down', async () => {
    const url = await made(server);
    await using database: ServiceDatabase = await connect(shop, localSettings(url), { tenancy });
    const health = createHealthRegistry();
    health.add('tenants', tenancyCheck(database, shop));

    const before = await health.run();
    await run(url, 'drop policy invoice_tenant on invoice');
    const after = await health.run();

    expect(before.status).toBe('healthy');
    expect(after).toMatchObject({ status: 'unhealthy', checks: [{ name: 'tenants', code: 'TENANT_UNFENCED' }] });
  });
  return undefined;
});
