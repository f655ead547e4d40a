import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { refusal } from './refusal.ts';
import { makeShop } from './shop-project.ts';

const database = { DATABASE_URL: 'sqlite:///app.db' };

test.each([
  ['rowhouse.config.ts', ['up'], 'PROJECT_INVALID', 2],
  ['schema.ts', ['up'], 'PROJECT_INVALID', 2],
  ['migrations/2026-01-02_broken_bbbbbbbbbbbb.ts', ['up'], 'REVISION_INVALID', 4],
  ['seeds/essential/broken.ts', ['seed'], 'SEED_INVALID', 4],
])('a syntax error in %s is told with line and column', async (file, words, code, exitCode) => {
  const directory = makeShop({ [file]: 'export const a = 1;\nconst b: = 2;\n' });

  const said = await refusal(directory, words, database);

  expect(said).toMatchObject({ exitCode, code });
  expect(said.message).toContain(`${join(directory, file)}:2:10: Unexpected token`);
});

test('a package of CommonJS is told, with what to change', async () => {
  const commonjs = { 'package.json': '{ "type": "commonjs" }' };
  const inProject = await refusal(makeShop(commonjs), ['up'], database);
  const inSchema = await refusal(makeShop(commonjs), ['diff', '--from', 'sqlite:///:memory:', '--to', 'schema.ts']);

  expect(inProject).toMatchObject({ exitCode: 2, code: 'PROJECT_INVALID' });
  expect(inSchema).toMatchObject({ exitCode: 4, code: 'SCHEMA_INVALID' });
  for (const { hint } of [inProject, inSchema]) expect(hint).toContain('`npm pkg set type=module`');
});

test('an error that the project file throws is told with its line', async () => {
  const directory = makeShop({ 'rowhouse.config.ts': "\n  throw new Error('no such setting');\nexport default 1;\n" });

  const said = await refusal(directory, ['up'], database);

  expect(said).toMatchObject({ exitCode: 2, code: 'PROJECT_INVALID' });
  expect(said.message).toContain(`${join(directory, 'rowhouse.config.ts')}:2:9: no such setting`);
});

test('a file that is not there is told without our own', async () => {
  const directory = makeShop();

  expect(await refusal(directory, ['up', '--project', 'nope.ts'], database)).toMatchObject({
    exitCode: 2,
    code: 'PROJECT_INVALID',
    message: `there is no project file ${join(directory, 'nope.ts')}`,
    hint: '--project names it, from the directory you are in',
  });
  expect(await refusal(directory, ['seed', './nope.ts:run'], database)).toMatchObject({
    exitCode: 4,
    code: 'SEED_INVALID',
    message: 'app: ./nope.ts: there is no such file',
  });
});

test('outside a project the hint is how to start one', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'rowhouse-nothing-'));

  expect(await refusal(directory, ['up'])).toMatchObject({
    exitCode: 2,
    code: 'PROJECT_INVALID',
    hint: expect.stringContaining('rowhouse init') as string,
  });
  rmSync(directory, { recursive: true });
});
