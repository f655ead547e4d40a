import { createServer, type Server, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { nodeListener } from './adapters/node-http.ts';
import { RowhouseError } from '../errors/rowhouse-error.ts';
import type { Api } from './create-api.ts';

/** Where to listen. */
export interface ServeOptions {
  /** 0 takes a free one. */
  readonly port?: number | undefined;
  /** Only this machine may connect unless another address is said. */
  readonly host?: string | undefined;
}

/** How a server ends. */
export interface CloseOptions {
  /** `/readyz` says no for so long before new connections are refused, until whoever balances loads has noticed: 0. */
  readonly graceMs?: number | undefined;
  /** Then the requests under way may take so long: 10 s. */
  readonly withinMs?: number | undefined;
}

/** A server that runs. */
export interface RunningServer extends AsyncDisposable {
  readonly url: string;
  /** Lets the requests under way finish, each the last one of its connection, and refuses new ones. */
  close(options?: CloseOptions): Promise<void>;
}

/**
 * Serves an API over HTTP with nothing but Node.
 *
 * @example
 * ```ts
 * await using server = await serve(createApi(database, resources), { port: 3000 });
 * ```
 */
export async function serve(api: Api, options: ServeOptions = {}): Promise<RunningServer> {
  const { port = 3000, host = '127.0.0.1' } = options;
  const listener = nodeListener(api);
  const underWay = new Set<ServerResponse>();
  const server = createServer((incoming, outgoing) => {
    underWay.add(outgoing);
    outgoing.once('close', () => underWay.delete(outgoing));
    if (!server.listening) outgoing.setHeader('connection', 'close');
    listener(incoming, outgoing);
  });
  await listen(server, port, host);
  const close: RunningServer['close'] = async ({ graceMs = 0, withinMs = 10_000 } = {}) => {
    if (!server.listening) return;
    api.drain();
    if (graceMs > 0) await sleep(graceMs);
    await closeServer(server, underWay, withinMs);
  };
  return { url: urlOf(server.address() as AddressInfo), close, [Symbol.asyncDispose]: async () => await close() };
}

async function listen(server: Server, port: number, host: string): Promise<void> {
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (cause) {
    const errno = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown';
    throw new RowhouseError(
      'LISTEN_FAILED',
      `${host}:${port} ${refusals[errno] ?? `cannot be listened on (${errno})`}`,
      {
        details: { host, port, errno },
        hint: 'choose another port, or 0 for a free one, and an address of this machine',
        cause,
      },
    );
  }
}

const refusals: Readonly<Record<string, string>> = {
  EADDRINUSE: 'is taken by another program',
  EADDRNOTAVAIL: 'is no address of this machine',
  ENOTFOUND: 'is no address of this machine',
  EACCES: 'may not be listened on by this user',
};

async function closeServer(server: Server, underWay: Iterable<ServerResponse>, withinMs: number): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeIdleConnections();
  for (const response of underWay) if (!response.headersSent) response.setHeader('connection', 'close');
  const timer = setTimeout(() => server.closeAllConnections(), withinMs);
  await closed;
  clearTimeout(timer);
}

function urlOf({ address, family, port }: AddressInfo): string {
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
}
