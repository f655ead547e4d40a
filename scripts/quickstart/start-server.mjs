import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** How long the server may take to answer: a cold start on a slow machine takes about 3 s. */
const patienceMs = 30_000;

/** Starts `rowhouse serve` on a free port and waits until it answers. */
export async function startServer(rowhouse, { directory, environment }) {
  const child = spawn(process.execPath, [rowhouse, 'serve', '--port', '0'], {
    cwd: directory,
    env: environment,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const closed = once(child, 'close');
  const asked = new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => resolve());
  });
  const url = await firstUrl(child);
  await untilReady(url);
  return {
    url,
    untilAskedToStop: async () => await Promise.race([asked, closed]),
    stop: async () => {
      child.kill('SIGTERM');
      await closed;
    },
  };
}

async function firstUrl(child) {
  for await (const line of createInterface({ input: child.stdout })) {
    const found = /http:\/\/[\w.:]+/.exec(line);
    if (found !== null) return found[0];
  }
  throw new Error('the server ended before it listened');
}

async function untilReady(url) {
  const until = performance.now() + patienceMs;
  while (performance.now() < until) {
    const response = await fetch(`${url}/readyz`);
    if (response.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${url}/readyz did not become ready`);
}
