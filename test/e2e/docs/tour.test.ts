import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeProject } from '../../cli/run-cli.ts';
import { readBlocks, type Block } from './pages.ts';

const tours = [
  { page: 'README.md', says: 'ada@example.org Ada\ngrace@example.org (no name)' },
  { page: 'docs/guide/migrations.md', says: 'users have a language' },
];

test.for(tours)('the tour of $page does what it says', async ({ page, says }) => {
  const directory = makeProject({ 'package.json': '{ "type": "module" }' });
  mkdirSync(join(directory, 'node_modules/.bin'));
  symlinkSync('../rowhouse/dist/cli/bin.js', join(directory, 'node_modules/.bin/rowhouse'));
  const port = await freePort();
  const tour = readBlocks(page).filter(({ isTour }) => isTour);

  const { exitCode, said } = await runShell(directory, tour.map(asShell).join('\n').replaceAll('3000', String(port)));

  expect(tour.length).toBeGreaterThan(2);
  expect(said, said).toContain('reached the end');
  expect(said).toContain(says);
  expect(exitCode).toBe(0);
  rmSync(directory, { recursive: true, force: true });
});

/** A block with a file's name is that file from here on; one of shell is what to type. */
function asShell({ language, file, text }: Block): string {
  if (file === undefined) return language === 'ts' ? '' : text;
  return `cat > ${file} <<'END_OF_FILE'\n${text}END_OF_FILE`;
}

/** Runs a script that stops at the first failure, and whatever it left running in the background. */
async function runShell(directory: string, script: string): Promise<{ exitCode: number | null; said: string }> {
  const child = spawn('bash', ['-euo', 'pipefail', '-c', `${script}\necho reached the end`], {
    cwd: directory,
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'] },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let said = '';
  child.stdout.on('data', (text: Buffer) => (said += text.toString()));
  child.stderr.on('data', (text: Buffer) => (said += text.toString()));
  // Waited for from the start: a shell that left nothing running closes in the moment of its exit.
  const closed = once(child, 'close');
  const [exitCode] = (await once(child, 'exit')) as [number | null];
  if (child.pid !== undefined) stopGroup(child.pid);
  await closed;
  return { exitCode, said };
}

/** The shell led a group of its own: what it started in the background is in it. */
function stopGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGTERM');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
