import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { fromJson } from '../../src/seed/value/from-json.ts';
import { parseJson } from '../../src/seed/source/parse-json.ts';
import { describeServers } from '../servers/describe-each-server.ts';
import { makeAccount } from '../servers/make-account.ts';
import { openUrl } from '../integration/database/open-url.ts';
import { makeProject, runCli } from './run-cli.ts';
import { variablesFor } from './shop-project.ts';

const directories: string[] = [];
afterAll(() => {
  for (const directory of directories.splice(0)) rmSync(directory, { recursive: true, force: true });
});

/** The example of tenants in a directory of its own. */
function copyExample(): string {
  const directory = mkdtempSync(join(tmpdir(), 'rowhouse-tenants-'));
  directories.push(directory);
  cpSync('examples/tenants', directory, { recursive: true });
  mkdirSync(join(directory, 'node_modules'));
  symlinkSync(resolve('.'), join(directory, 'node_modules', 'rowhouse'));
  writeFileSync(join(directory, 'package.json'), '{ "type": "module" }');
  return directory;
}

interface Printed {
  readonly ok: boolean;
  readonly cells: readonly { readonly action: string; readonly table: string; readonly state: string }[];
}

describeServers(['postgresql-16', 'mariadb', 'sqlite-node'], 'rowhouse tenant', (server) => {
  test('probes the example: every verb and route is refused, and a fence that is taken down shows', async () => {
    const directory = copyExample();
    const { url } = await server.database();
    await runCli(directory, ['up'], variablesFor(url));
    const hasFence = server.engine === 'postgresql';
    const account = hasFence ? await makeAccount(server, url) : undefined;
    await account?.letWrite('company', 'customer', 'invoice');
    const variables = variablesFor(account?.url ?? url);

    const whole = await runCli(directory, ['tenant', 'probe'], variables);
    const alone = await runCli(directory, ['tenant', 'probe', '--without-predicate'], variables);
    if (hasFence) {
      await using owner = await openUrl(url);
      await owner.run({ sql: 'alter table invoice disable row level security' }, []);
    }
    const opened = await runCli(directory, ['tenant', 'probe', '--without-predicate', '--json'], variables);

    expect(whole).toMatchObject({ exitCode: 0, stderr: '' });
    expect(whole.stdout).toMatch(/GET \/customers\/\{id\} +refused +–/);
    expect(whole.stdout).toMatch(/all \d{2,} attempts on 2 tables were refused\n$/);
    expect(alone.exitCode).toBe(hasFence ? 0 : 1);
    expect(Math.max(...alone.stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
    const holes = /invoice: update, updateWhere, .+? reached the row of another tenant \(changed\)/;
    if (!hasFence) expect(alone.stdout.replaceAll('\n', ' ')).toMatch(holes);
    const { ok, cells } = JSON.parse(opened.stdout) as Printed;
    const reached = cells.filter(({ state }) => state === 'reached').map(({ table, action }) => `${table} ${action}`);
    expect({ ok, exitCode: opened.exitCode }).toEqual({ ok: false, exitCode: 1 });
    expect(reached).toContain('invoice GET /invoices/{id}');
    expect(reached.some((cell) => cell.startsWith('customer '))).toBe(!hasFence);
    await account?.[Symbol.asyncDispose]();
  });
});

const files = {
  'rowhouse.config.ts': `import { defineProject, service } from 'rowhouse';
import * as schema from './schema.ts';
export default defineProject({
  name: 'things',
  services: { app: service({ schema, migrations: './migrations', tenancy: { by: 'row' } }) },
});
`,
  'schema.ts': `import { bigint, boolean, bytes, decimal, double, integer, json, table, tenant, text, timestamptz, softDelete } from 'rowhouse';
const all = { count: bigint(), price: decimal({ precision: 20, scale: 4 }), at: timestamptz({ precision: 6 }), raw: bytes(), doc: json().null(), ratio: double(), on: boolean(), ...softDelete() };
export const things = table('thing', { id: integer().primaryKey(), ...tenant(integer()), ...all });
export const notes = table('note', { id: integer().primaryKey(), ...tenant(integer()), body: text({ max: 40 }) });
`,
  'fill.ts': `import { connect, fromEnvironment, jsonNull } from 'rowhouse';
import * as schema from './schema.ts';
await using database = await connect(schema, fromEnvironment(process.env));
const row = { count: 9007199254740993n, price: '1234567890123456.7891', at: '2026-11-21T13:45:00.123456Z', raw: new Uint8Array([0, 255]), ratio: 0.1, on: true };
for (const tenant of [7, 8]) {
  const mine = database.forTenant(tenant);
  const things = mine.repository(schema.things);
  await things.insertMany([1, 2].map((id) => ({ ...row, id: tenant * 10 + id, doc: id === 1 ? { a: [1, null] } : jsonNull })));
  await things.delete(tenant * 10 + 2);
  await mine.repository(schema.notes).insertMany([1, 2, 3].map((id) => ({ id: tenant * 10 + id, body: 'ünï "x"' })));
}
`,
};

describeServers(['postgresql-16', 'mariadb', 'sqlite-node'], 'rowhouse tenant export', (server) => {
  test('writes the rows of one tenant with all their digits, and no other’s', async () => {
    const directory = makeProject(files);
    const variables = variablesFor((await server.database()).url);
    await runCli(directory, ['revision', '--autogenerate', '-m', 'first'], variables);
    await runCli(directory, ['up'], variables);
    const filled = await runCli(directory, [], variables, join(directory, 'fill.ts'));

    const all = await runCli(directory, ['tenant', 'export', '--tenant-id', '7', '--output', 'seven.jsonl'], variables);
    const some = await runCli(directory, ['tenant', 'export', 'note', '--tenant-id', '8', '--limit', '2'], variables);
    const again = await runCli(
      directory,
      ['tenant', 'export', '--tenant-id', '7', '--output', 'seven.jsonl'],
      variables,
    );
    const wrong = await runCli(directory, ['tenant', 'export', '--tenant-id', 'seven'], variables);

    expect(filled).toMatchObject({ exitCode: 0, stderr: '' });
    expect(all).toMatchObject({ exitCode: 0, stdout: '', stderr: '5 rows\n' });
    const lines = readFileSync(join(directory, 'seven.jsonl'), 'utf8').trimEnd().split('\n');
    const rows = lines.map(
      (line) => JSON.parse(line) as { readonly table: string; readonly row: { readonly id: number } },
    );
    expect(rows.map(({ table, row }) => `${table} ${row.id}`)).toEqual([
      'note 71',
      'note 72',
      'note 73',
      'thing 71',
      'thing 72',
    ]);
    expect(rows[3]?.row).toEqual({
      id: 71,
      tenantId: 7,
      count: '9007199254740993',
      price: '1234567890123456.7891',
      at: '2026-11-21T13:45:00.123456Z',
      raw: 'AP8=',
      doc: { a: [1, null] },
      ratio: 0.1,
      on: true,
      deletedAt: null,
    });
    expect(rows[4]?.row).toMatchObject({ doc: { $json: null }, deletedAt: expect.stringMatching(/^\d{4}-.*Z$/) });
    expect(fromJson(parseJson('"9007199254740993"', 'a cell'), { kind: 'bigint' })).toBe(9007199254740993n);
    expect(some.stdout.trimEnd().split('\n')).toHaveLength(2);
    expect(some.stdout).toContain('{"table":"note","row":{"id":81,"tenantId":8,"body":"ünï \\"x\\""}}');
    expect(again.exitCode).not.toBe(0);
    expect(wrong).toMatchObject({ exitCode: 2 });
  });
});

const placed = {
  'rowhouse.config.ts': `import { defineProject, service } from 'rowhouse';
import * as schema from './schema.ts';
export default defineProject({
  name: 'placed',
  services: {
    app: service({ schema, migrations: './migrations', tenancy: { by: 'database', tenants: "select 'a' union select 'b'" } }),
  },
});
`,
  'schema.ts': `import { integer, table, text } from 'rowhouse';
export const notes = table('note', { id: integer().primaryKey(), body: text({ max: 40 }) });
`,
  'fill.ts': `import { connect, fromEnvironment } from 'rowhouse';
import * as schema from './schema.ts';
await using database = await connect(schema, fromEnvironment(process.env), { tenancy: { by: 'database' } });
await database.forTenant('a').repository(schema.notes).insert({ id: 1, body: 'of a' });
await database.forTenant('b').repository(schema.notes).insert({ id: 1, body: 'of b' });
`,
};

describeServers(['sqlite-node'], 'a database for each tenant', (server) => {
  test('is migrated with all others, and exported on its own', async () => {
    const directory = makeProject(placed);
    const own = join(directory, 'own.db');
    const variables = variablesFor(`${new URL((await server.database()).url).protocol}///${own}`);
    await runCli(directory, ['revision', '--autogenerate', '-m', 'first'], variables);
    await runCli(directory, ['up'], variables);
    for (const tenant of ['a', 'b']) writeFileSync(join(directory, `own_${tenant}.db`), '');

    const up = await runCli(directory, ['fleet', 'up', '--tenants'], variables);
    const filled = await runCli(directory, [], variables, join(directory, 'fill.ts'));
    const exported = await runCli(directory, ['tenant', 'export', '--tenant-id', 'b'], variables);

    expect(up).toMatchObject({ exitCode: 0 });
    expect(up.stdout).toMatch(/done +2\n/);
    expect(filled).toMatchObject({ exitCode: 0, stderr: '' });
    expect(exported.stdout).toBe('{"table":"note","row":{"id":1,"body":"of b"}}\n');
  });
});
