import { fork } from 'node:child_process';
import { once } from 'node:events';
import { until } from '../../../src/testing/server/until.ts';
import type { Work } from './code-process.ts';

/** A process that runs one version of the code against a database. */
export interface RunningCode extends AsyncDisposable {
  /** Waits until it has done so many more rounds. */
  works(rounds: number): Promise<void>;
  /** Ends it in order, and gives what it did. */
  stop(): Promise<Work>;
}

/** Starts a version of the code; the ids of its rows begin at `offset`. */
export async function runCode(version: 'old' | 'new', url: string, offset: number): Promise<RunningCode> {
  const child = fork('test/e2e/phase/code-process.ts', [version, url, String(offset)], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    execArgv: ['--no-warnings'],
  });
  const exited = once(child, 'exit');
  let rounds: number | undefined;
  let work: Work | undefined;
  child.on('message', (message: { readonly rounds?: number; readonly work?: Work }) => {
    rounds = message.rounds ?? rounds;
    work = message.work ?? work;
  });
  const reaches = async (goal: number): Promise<void> => {
    const isThere = await until(() => (rounds ?? -1) >= goal, { withinMs: 120_000 });
    if (!isThere) throw new Error(`${version} code came to round ${rounds}, not to ${goal}`);
  };
  await reaches(0);
  return {
    works: async (more) => await reaches((rounds ?? 0) + more),
    async stop() {
      child.send('stop');
      await exited;
      if (work === undefined) throw new Error(`${version} code ended without a word`);
      return work;
    },
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL');
      await exited;
    },
  };
}
