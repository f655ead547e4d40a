import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** Runs a program in a process of its own and kills it as soon as it says something; gives what it said. */
export async function killWhenItSpeaks(program: URL, words: readonly string[]): Promise<string> {
  const child = spawn(process.execPath, [fileURLToPath(program), ...words], { stdio: ['ignore', 'pipe', 'pipe'] });
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (complaint += chunk));
  const ended = once(child, 'exit');
  const said = await Promise.race([once(child.stdout, 'data'), ended.then(() => undefined)]);
  if (said === undefined) throw new Error(`the program ended by itself: ${complaint}`);
  child.kill('SIGKILL');
  await ended;
  return String(said[0]).trim();
}
