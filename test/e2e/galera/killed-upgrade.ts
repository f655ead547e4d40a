import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** Upgrades the database in a process of its own, and kills it once it is about to run the second statement of `r2`. */
export async function killUpgrade(url: string): Promise<void> {
  const program = fileURLToPath(new URL('./upgrade-process.ts', import.meta.url));
  const child = spawn(process.execPath, [program, url], { stdio: ['ignore', 'pipe', 'pipe'] });
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (complaint += chunk));
  const ended = once(child, 'exit');
  const outcome = await Promise.race([once(child.stdout, 'data'), ended.then(() => undefined)]);
  if (outcome === undefined) throw new Error(`the upgrade ended by itself: ${complaint}`);
  child.kill('SIGKILL');
  await ended;
}
