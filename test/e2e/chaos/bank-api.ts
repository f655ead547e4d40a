import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** The bank's API in a process of its own. Leaving the block kills it. */
export interface BankApi extends AsyncDisposable {
  readonly url: string;
  /** Undefined while it runs. */
  readonly ended: string | undefined;
  /** What it wrote to stderr. */
  readonly complaints: string;
  /** Ends it as a power cut does. */
  kill(): Promise<void>;
}

/** Starts the API over a database and waits until it listens. */
export async function startBankApi(databaseUrl: string): Promise<BankApi> {
  const program = fileURLToPath(new URL('./bank-process.ts', import.meta.url));
  const child = spawn(process.execPath, [program, databaseUrl], { stdio: ['ignore', 'pipe', 'pipe'] });
  const closed = once(child, 'close');
  let complaints = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (complaints += chunk));
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL');
    await closed;
  };
  for await (const line of createInterface({ input: child.stdout })) {
    return {
      url: line,
      get ended() {
        return child.exitCode === null && child.signalCode === null
          ? undefined
          : `${child.exitCode ?? child.signalCode}`;
      },
      get complaints() {
        return complaints;
      },
      kill,
      [Symbol.asyncDispose]: kill,
    };
  }
  throw new Error(`the API ended before it listened: ${complaints}`);
}
