import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/** Below the range from which the system gives ports to outgoing connections, so that none takes ours between two starts. */
const range = { from: 20_000, to: 32_000 } as const;

/** A TCP port of 127.0.0.1 that nobody listens on. */
export async function freePort(): Promise<number> {
  const port = randomInt(range.from, range.to);
  return (await isFree(port)) ? port : await freePort();
}

/** Can somebody listen on this port of 127.0.0.1? */
export async function isFree(port: number): Promise<boolean> {
  return await new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
