import { spawn } from 'node:child_process';

export interface ClientRun {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs an engine's own client with a text on its standard input. */
export async function runClient(
  program: string,
  args: readonly string[],
  input: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<ClientRun> {
  const child = spawn(program, args, { env: { PATH: process.env['PATH'], ...environment }, stdio: 'pipe' });
  const [stdout, stderr]: [Buffer[], Buffer[]] = [[], []];
  child.stdout.on('data', (part: Buffer) => stdout.push(part));
  child.stderr.on('data', (part: Buffer) => stderr.push(part));
  child.stdin.on('error', () => undefined); // a client that stops at an error reads no further
  child.stdin.end(input);
  const exitCode = await new Promise<number>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve(code ?? 1));
  });
  return { exitCode, stdout: Buffer.concat(stdout).toString(), stderr: Buffer.concat(stderr).toString() };
}
