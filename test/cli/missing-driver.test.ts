import { cpSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { refusal } from './refusal.ts';
import { makeShop } from './shop-project.ts';
import { runCli } from './run-cli.ts';

/** Without packages beside it: what `npm install rowhouse` alone gives. */
const lonely = mkdtempSync(join(tmpdir(), 'rowhouse-lonely-'));

beforeAll(() => {
  cpSync('dist', join(lonely, 'dist'), { recursive: true });
  writeFileSync(join(lonely, 'package.json'), readFileSync('package.json', 'utf8'));
});

describe('without a driver', () => {
  test.each([
    ['postgresql://me:hunter2@db/shop', 'postgresql', 'npm install pg'],
    ['mysql://me:hunter2@db/shop', 'mysql', 'npm install mysql2'],
    ['mariadb://me:hunter2@db/shop', 'mysql', 'npm install mysql2'],
    ['sqlite+better-sqlite3:///app.db', 'sqlite', 'npm install better-sqlite3'],
  ])('%s says what to install', async (url, engine, install) => {
    const directory = makeLonelyShop();

    expect(await refusal(directory, ['up'], { DATABASE_URL: url }, join(lonely, 'dist/cli/bin.js'))).toMatchObject({
      exitCode: 5,
      code: 'DRIVER_MISSING',
      message: `app: no driver for ${engine} is installed`,
      hint: `install one with \`${install}\``,
    });
  });

  test('SQLite works all the same, with the one in Node', async () => {
    const directory = makeLonelyShop();

    const up = await runCli(directory, ['up'], { DATABASE_URL: 'sqlite:///app.db' }, join(lonely, 'dist/cli/bin.js'));

    expect(up).toMatchObject({ exitCode: 0, stdout: 'applied aaaaaaaaaaaa  first\n', stderr: '' });
  });
});

function makeLonelyShop(): string {
  const directory = makeShop();
  const modules = join(directory, 'alone', 'node_modules');
  mkdirSync(modules, { recursive: true });
  symlinkSync(lonely, join(modules, 'rowhouse'));
  for (const part of ['rowhouse.config.ts', 'schema.ts', 'migrations', 'package.json'])
    cpSync(join(directory, part), join(directory, 'alone', part), { recursive: true });
  return join(directory, 'alone');
}
