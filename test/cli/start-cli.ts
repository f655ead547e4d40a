import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { until } from '../../src/testing/server/until.ts';
import type { CliResult } from './run-cli.ts';

/** A command that runs, so that a test can send it signals. */
export interface StartedCli {
  readonly process: ChildProcess;
  /** Everything printed so far. */
  printed(): string;
  /** Waits until the words were printed; fails when they never are. */
  says(words: string): Promise<void>;
  ended(): Promise<CliResult>;
}

/** Starts the built command line in a directory. */
export function startCli(
  directory: string,
  words: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): StartedCli {
  const child = spawn(process.execPath, [resolve('dist/cli/bin.js'), ...words], {
    cwd: directory,
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (text: Buffer) => (stdout += text.toString()));
  child.stderr.on('data', (text: Buffer) => (stderr += text.toString()));
  const closed = once(child, 'close') as Promise<[number | null]>;
  return {
    process: child,
    printed: () => stdout + stderr,
    async says(words) {
      if (await until(() => (stdout + stderr).includes(words), { withinMs: 30_000 })) return;
      throw new Error(`the command never said ${words}, but: ${stdout}${stderr}`);
    },
    async ended() {
      const [exitCode] = await closed;
      return { exitCode, stdout, stderr };
    },
  };
}
