import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeShop } from './shop-project.ts';
import { runCli, type CliResult } from './run-cli.ts';

const database = { DATABASE_URL: 'sqlite:///app.db' } as const;

const products = (columns: string, more = ''): string => `import { bigint, integer, table, text } from 'rowhouse';

export const products = table('product', {
  id: integer().primaryKey(),
  ${columns}
});
${more}`;
const plainColumns = 'name: text({ max: 50 }).unique(), stock: integer().default(0),';
const renamedColumns = 'title: text({ max: 50 }).unique(), stock: integer().default(0),';

const revisionsOf = (directory: string): readonly string[] => readdirSync(join(directory, 'migrations'));

async function autogenerate(
  directory: string,
  words: readonly string[] = [],
  environment: Readonly<Record<string, string>> = {},
): Promise<CliResult> {
  return await runCli(directory, ['revision', '--autogenerate', '-m', 'next', ...words], environment);
}

/** The text of the one revision that was added to the shop's first. */
function addedRevision(directory: string): string {
  const [added] = revisionsOf(directory).filter((name) => !name.includes('aaaaaaaaaaaa'));
  return readFileSync(join(directory, 'migrations', added ?? ''), 'utf8');
}

describe('revision --autogenerate', () => {
  test('writes nothing when nothing differs', async () => {
    const directory = makeShop();

    const { exitCode, stdout } = await autogenerate(directory);

    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: 'app: no difference, no revision\n' });
    expect(revisionsOf(directory)).toHaveLength(1);
  });

  test('says that a schema exports no table, which may be a slip', async () => {
    const directory = makeShop({ 'schema.ts': 'export const nothing = 1;\n' });

    const { exitCode, stderr } = await autogenerate(directory);

    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: 'app: the schema exports no table\n' });
  });

  test('refuses what could be a rename where nobody can be asked, and takes the hints that it printed', async () => {
    const directory = makeShop({ 'schema.ts': products(renamedColumns) });

    const refused = await autogenerate(directory);

    expect(refused.exitCode).toBe(4);
    expect(refused.stderr).toContain('column product.name is gone and title is new');
    expect(revisionsOf(directory)).toHaveLength(1);
    const hints = /\{"renames":.*?\}\]\}/.exec(refused.stderr.replaceAll('\n  ', ''))?.[0] ?? '';
    writeFileSync(join(directory, 'hints.json'), hints);
    expect((await autogenerate(directory, ['--hints', 'hints.json'])).exitCode).toBe(0);
    expect(addedRevision(directory)).toContain("kind: 'rename-column'");
    expect(addedRevision(directory)).not.toContain('drop');
  });

  test('drops what the hints say is to go', async () => {
    const directory = makeShop({
      'schema.ts': products(renamedColumns),
      'hints.json': '{ "drops": ["product.name"] }',
    });

    await autogenerate(directory, ['--hints', 'hints.json']);

    expect(addedRevision(directory)).toMatch(/add-column[^]*park-column/);
  });

  test.each([
    ['that is not there', {}, /hints\.json cannot be read/],
    ['that is not JSON', { 'hints.json': '{' }, /hints\.json is not JSON/],
    ['with a word too many', { 'hints.json': '{ "rename": [] }' }, /has no hints in it that can be read/],
    ['with an unknown thing', { 'hints.json': '{ "renames": [{ "tabel": "a", "to": "b" }] }' }, /tabel/],
  ])('refuses a hints file %s', async (_what, files, message) => {
    const directory = makeShop(files);

    const { exitCode, stderr } = await autogenerate(directory, ['--hints', 'hints.json']);

    expect(exitCode).toBe(2);
    expect(stderr).toMatch(message);
  });

  test('with --sql prints the SQL of the engine and writes nothing', async () => {
    const directory = makeShop({ 'schema.ts': products(`${plainColumns} size: bigint().null(),`) });

    const { exitCode, stdout } = await autogenerate(directory, ['--sql'], {
      DATABASE_URL: 'postgresql://nobody@localhost:1/nowhere',
    });

    expect(exitCode).toBe(0);
    expect(stdout).toContain('alter table "product" add column "size" bigint');
    expect(revisionsOf(directory)).toHaveLength(1);
  });

  test('with --phased --sql prints the SQL of both files, each under its phase', async () => {
    const schema = products(renamedColumns.replace('.unique()', ".unique().renamedFrom('name')"));
    const directory = makeShop({ 'schema.ts': schema });

    const { exitCode, stdout, stderr } = await autogenerate(directory, ['--phased', '--sql'], {
      DATABASE_URL: 'postgresql://nobody@localhost:1/nowhere',
    });

    expect(exitCode, stderr).toBe(0);
    const [, expand = '', contract = ''] = stdout.split(/^-- phase (?:expand|contract): .*$/m);
    expect(expand).toContain('add column "title"');
    expect(contract).not.toContain('add column "title"');
    expect(contract.trim()).not.toBe('');
    expect(revisionsOf(directory)).toHaveLength(1);
  });

  test('drops no table when an option, a variable or the project file says so', async () => {
    const others = "export const other = table('other', { id: integer().primaryKey() });\n";
    const schema = { 'schema.ts': "import { integer, table } from 'rowhouse';\n" + others };
    const config = `import { defineProject, service } from 'rowhouse';
import * as schema from './schema.ts';
export default defineProject({ name: 'shop', revisions: { skipDrops: true }, services: { app: service({ schema, migrations: './migrations' }) } });
`;
    const [byDefault, byOption, byVariable, byProject] = [
      makeShop(schema),
      makeShop(schema),
      makeShop({ ...schema, '.env': 'ALEMBIC_SKIP_DROPS=true\n' }),
      makeShop({ ...schema, 'rowhouse.config.ts': config }),
    ];

    for (const directory of [byDefault, byVariable, byProject]) await autogenerate(directory);
    await autogenerate(byOption, ['--skip-drops']);

    expect(addedRevision(byDefault)).toContain('park-table');
    for (const directory of [byOption, byVariable, byProject]) {
      expect(addedRevision(directory)).toContain('create-table');
      expect(addedRevision(directory)).not.toContain('drop');
    }
  });

  test('looks only at what is included', async () => {
    const more =
      "export const a = table('auth_a', { id: integer().primaryKey() });\nexport const b = table('shop_b', { id: integer().primaryKey() });\n";
    const directory = makeShop({ 'schema.ts': products(`${plainColumns} size: bigint(),`, more) });

    await autogenerate(directory, ['--include', 'auth_*,shop_*', '--exclude', 'shop_b']);

    expect(addedRevision(directory)).toContain("name: 'auth_a'");
    expect(addedRevision(directory)).not.toMatch(/shop_b|size/);
  });

  test('adds the tables of the folders that a variable names', async () => {
    const directory = makeShop({
      'models/bill.ts':
        "import { integer, table } from 'rowhouse';\nexport const bill = table('bill', { id: integer().primaryKey() });\n",
    });

    const { stderr } = await autogenerate(directory, [], { ALEMBIC_DISCOVER_PACKAGES: 'models' });

    expect(stderr).toBe('');
    expect(addedRevision(directory)).toContain("name: 'bill'");
  });

  test('with --ensure-head brings the database to the head first, and fails where that fails', async () => {
    const directory = makeShop({ 'schema.ts': products(`${plainColumns} size: bigint().null(),`) });

    const nowhere = await autogenerate(directory, ['--ensure-head'], { DATABASE_URL: 'sqlite:////nowhere/app.db' });
    const { exitCode } = await autogenerate(directory, ['--ensure-head'], database);
    const { stdout } = await runCli(directory, ['current'], database);

    expect(nowhere.exitCode).not.toBe(0);
    expect(exitCode).toBe(0);
    expect(revisionsOf(directory)).toHaveLength(2);
    expect(stdout).toContain('aaaaaaaaaaaa');
  });

  test('writes no file of any service when one of them is refused', async () => {
    const config = `import { defineProject, service } from 'rowhouse';
import * as first from './first.ts';
import * as schema from './schema.ts';
export default defineProject({ name: 'shop', services: {
  first: service({ schema: first, migrations: './first' }),
  app: service({ schema, migrations: './migrations' }),
} });
`;
    const first =
      "import { integer, table } from 'rowhouse';\nexport const one = table('one', { id: integer().primaryKey() });\n";
    const directory = makeShop({
      'rowhouse.config.ts': config,
      'first.ts': first,
      'schema.ts': products(renamedColumns),
    });

    const refused = await autogenerate(directory);
    writeFileSync(
      join(directory, 'schema.ts'),
      products(renamedColumns.replace('.unique()', ".unique().renamedFrom('name')")),
    );
    const made = await autogenerate(directory);

    expect(refused.stderr).toContain('app: column product.name is gone');
    expect(readdirSync(directory)).toContain('first');
    expect(made.stdout).toMatch(/first: .*_next_.*\.ts\napp: .*_next_.*\.ts\n/);
    expect(readdirSync(join(directory, 'first'))).toHaveLength(1);
  });
});
