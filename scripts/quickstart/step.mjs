import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** Runs one command; says what it is, how long it took and, when it fails, everything that it said. */
export async function step(name, program, words, { directory, environment = process.env }) {
  process.stdout.write(`${name} … `);
  const startedAt = performance.now();
  const child = spawn(program, words, { cwd: directory, env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
  const said = [];
  child.stdout.on('data', (chunk) => said.push(chunk));
  child.stderr.on('data', (chunk) => said.push(chunk));
  const [code] = await once(child, 'close');
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  console.log(code === 0 ? `done in ${seconds} s` : 'failed');
  if (code !== 0) throw new Error(Buffer.concat(said).toString().trim());
}
