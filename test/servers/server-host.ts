import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PrivateServer } from '../../src/testing/server/private-server.ts';
import { startServer } from '../../src/testing/server/start-server.ts';
import type { KnownServer } from './known-servers.ts';

/** What a test process learns of a server that runs. */
export interface RunningServer {
  /** The administrator's URL; absent for an engine in a file. */
  readonly url?: string;
}

/** Starts servers for all test processes of a run: each at its first use, once, and all end together. */
export interface ServerHost extends AsyncDisposable {
  /** The Unix socket on which test processes ask for a server by name. */
  readonly socket: string;
  /** Names of the servers that were used. */
  readonly used: ReadonlySet<string>;
}

export async function startServerHost(servers: readonly KnownServer[]): Promise<ServerHost> {
  const directory = await mkdtemp(join(tmpdir(), 'rowhouse-host-'));
  const socket = join(directory, 'host.sock');
  const started = new Map<string, Promise<PrivateServer>>();
  const used = new Set<string>();
  const run = async (name: string): Promise<RunningServer> => {
    const known = servers.find((server) => server.name === name);
    if (known === undefined) throw new Error(`no server is called ${name}`);
    used.add(name);
    if (known.program === undefined) return {};
    const starting = started.get(name) ?? startServer(known.program);
    started.set(name, starting);
    return { url: (await starting).url() };
  };
  const listener = createServer((request, response) => {
    run(decodeURIComponent(request.url ?? '').slice(1)).then(
      (running) => response.end(JSON.stringify(running)),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  await new Promise<void>((resolve) => listener.listen(socket, resolve));
  return {
    socket,
    used,
    async [Symbol.asyncDispose]() {
      listener.closeAllConnections();
      listener.close();
      const servers = await Promise.allSettled(started.values());
      await Promise.all(
        servers.map(async (one) => one.status === 'fulfilled' && (await one.value[Symbol.asyncDispose]())),
      );
      await rm(directory, { recursive: true, force: true });
    },
  };
}
