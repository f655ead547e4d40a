import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll } from 'vitest';

export interface CliResult {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Made by the tests of one file, and removed after the last of them. */
const projects: string[] = [];

afterAll(() => {
  for (const directory of projects.splice(0)) rmSync(directory, { recursive: true, force: true, maxRetries: 3 });
});

const builtBin = resolve('dist/cli/bin.js');

/** Runs the built command line in a directory, with nothing of this process's environment but what finds programs. */
export async function runCli(
  directory: string,
  words: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  bin = builtBin,
): Promise<CliResult> {
  const child = spawn(process.execPath, [bin, ...words], {
    cwd: directory,
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (text: Buffer) => (stdout += text.toString()));
  child.stderr.on('data', (text: Buffer) => (stderr += text.toString()));
  const exitCode = await new Promise<number | null>((done) => child.on('close', done));
  return { exitCode, stdout, stderr };
}

/** A project directory of its own in which `rowhouse` resolves to this checkout's build; gone after the test file. */
export function makeProject(files: Readonly<Record<string, string>>): string {
  const directory = mkdtempSync(join(tmpdir(), 'rowhouse-cli-'));
  projects.push(directory);
  mkdirSync(join(directory, 'node_modules'));
  symlinkSync(resolve('.'), join(directory, 'node_modules', 'rowhouse'));
  for (const [name, text] of Object.entries({ 'package.json': '{ "type": "module" }', ...files })) {
    mkdirSync(dirname(join(directory, name)), { recursive: true });
    writeFileSync(join(directory, name), text);
  }
  return directory;
}
