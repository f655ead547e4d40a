import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';

/** An example that is served. Leaving the block ends it as Ctrl-C does. */
export interface ServedExample extends AsyncDisposable {
  readonly url: string;
  /** Ends it and gives its exit code. */
  stop(): Promise<number | null>;
}

/** The servers of the tests are on this machine and speak no TLS. */
export const plainLine = { DB_SSLMODE_DEFAULT: 'disable' } as const;

/** Runs `rowhouse serve` in a directory and waits until it listens. */
export async function serveExample(
  directory: string,
  environment: Readonly<Record<string, string>>,
  words: readonly string[] = [],
): Promise<ServedExample> {
  return await runServer(directory, environment, [resolve('dist/cli/bin.js'), 'serve', '--port', '0', ...words]);
}

/** Runs a program in a directory and waits until it says where it listens. */
export async function runServer(
  directory: string,
  environment: Readonly<Record<string, string>>,
  words: readonly string[],
): Promise<ServedExample> {
  const child = spawn(process.execPath, words, {
    cwd: directory,
    env: { PATH: process.env['PATH'], ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const closed = once(child, 'close') as Promise<[number | null]>;
  const stop = async (): Promise<number | null> => {
    child.kill('SIGTERM');
    const [exitCode] = await closed;
    return exitCode;
  };
  for await (const line of createInterface({ input: child.stdout })) {
    const [url] = /http:\/\/[\w.:]+/.exec(line) ?? [];
    if (url !== undefined) return { url, stop, [Symbol.asyncDispose]: async () => void (await stop()) };
  }
  throw new Error(`${words.join(' ')} in ${directory} ended before it listened`);
}
