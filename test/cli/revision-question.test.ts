import { spawn, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { makeShop } from './shop-project.ts';

const schema = `import { integer, table, text } from 'rowhouse';

export const products = table('product', {
  id: integer().primaryKey(),
  title: text({ max: 50 }).unique(),
  stock: integer().default(0),
});
`;

const command = `'${process.execPath}' '${resolve('dist/cli/bin.js')}' revision --autogenerate -m next`;
const environment = { PATH: process.env['PATH'], HOME: process.env['HOME'] };

/** Runs `revision --autogenerate` on a terminal where somebody types these lines. */
function answered(directory: string, typed: string): { readonly status: number | null; readonly output: string } {
  const { status, stdout, stderr } = spawnSync('script', ['-qec', command, '/dev/null'], {
    cwd: directory,
    encoding: 'utf8',
    input: typed,
    timeout: 40_000,
    env: environment,
  });
  return { status, output: stdout + stderr };
}

function addedRevision(directory: string): string {
  const migrations = join(directory, 'migrations');
  const [added] = readdirSync(migrations).filter((name) => !name.includes('aaaaaaaaaaaa'));
  return readFileSync(join(migrations, added ?? ''), 'utf8');
}

test('on a terminal a possible rename is a question, asked until it is answered', () => {
  const directory = makeShop({ 'schema.ts': schema });

  const { status, output } = answered(directory, '7\n1\n');

  expect(output).toContain('column product.name is gone. What became of it?');
  expect(output).toMatch(/1 {2}it was renamed to title\s+2 {2}it is moved aside with what is in it/);
  expect(status).toBe(0);
  expect(addedRevision(directory)).toContain("kind: 'rename-column'");
});

test('on a terminal the answer can be that it goes', () => {
  const directory = makeShop({ 'schema.ts': schema });

  expect(answered(directory, '2\n').status).toBe(0);

  expect(addedRevision(directory)).toMatch(/add-column[^]*park-column/);
});

test.each([
  ['is left without an answer', '\u0004', 4, 'nobody said what became of column product.name'],
  ['is left with Ctrl-C', '\u0003', 130, 'stopped by SIGINT (CANCELLED)'],
])('on a terminal that %s nothing is written', async (_, key, exitCode, words) => {
  const directory = makeShop({ 'schema.ts': schema });
  const child = spawn('script', ['-qec', command, '/dev/null'], { cwd: directory, env: environment });
  let output = '';
  child.stdout.on('data', (text: Buffer) => {
    const asked = output.includes('1 to 2');
    output += text.toString();
    if (!asked && output.includes('1 to 2')) child.stdin.write(key);
  });

  const status = await new Promise<number | null>((done) => child.on('close', done));

  expect(status).toBe(exitCode);
  expect(output).toContain(words);
  expect(readdirSync(join(directory, 'migrations'))).toHaveLength(1);
});
