import { randomBytes } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createDataDirectory } from '../../src/testing/server/data-template.ts';
import { freePort } from '../../src/testing/server/free-port.ts';
import type { Installation } from '../../src/testing/server/installation.ts';
import type { DatabaseServer } from '../../src/testing/server/private-server.ts';
import { makeScratchDirectory } from '../../src/testing/server/scratch-directory.ts';
import type { ServerPlace } from '../../src/testing/server/server-kind.ts';
import { runServer, type ServerProcess } from '../../src/testing/server/server-process.ts';
import { serverUrl } from '../../src/testing/server/server-url.ts';
import { giveToServerUser } from '../../src/testing/server/server-user.ts';
import { startWatchdog } from '../../src/testing/server/watchdog.ts';
import { mariadb } from '../../src/testing/servers/mariadb.ts';
import { galeraKind, type GaleraNode } from './galera/galera-node.ts';
import { findGalera, type GaleraInstallation } from './galera/installation.ts';

/** A node that has all rows of the others; it is ready when it says so. */
const joinMs = 60_000;

/** A private cluster of MariaDB servers. Leaving its `await using` block kills them and removes their files. */
export interface GaleraCluster extends AsyncDisposable {
  /** Counted from 0. */
  node(index: number): DatabaseServer;
  /** Ends a node as a power cut does. */
  kill(index: number): Promise<void>;
  /** Starts a node that was killed; it copies what the others have. One of them must run. */
  start(index: number): Promise<void>;
}

/**
 * Starts the nodes one after the other: each copies the files of one that is there.
 *
 * @example
 * ```ts
 * await using cluster = await startGaleraCluster({ nodes: 3 });
 * const url = cluster.node(1).url('shop');
 * ```
 */
export async function startGaleraCluster({ nodes }: { readonly nodes: number }): Promise<GaleraCluster> {
  const galera = await findGalera();
  if ('missing' in galera) throw new Error(galera.missing);
  const facts = await describeNodes(galera, nodes);
  const password = randomBytes(18).toString('base64url');
  await using started = new AsyncDisposableStack();
  const members: Member[] = [];
  for (const node of facts) {
    const role = members.length === 0 ? 'founds' : 'joins';
    members.push(started.use(await startMember(node, role, galera.installation, password)));
  }
  const running = started.move();
  const member = (index: number): Member => {
    const found = members[index];
    if (found === undefined) throw new RangeError(`the cluster has no node ${index}`);
    return found;
  };
  return {
    node: (index) => member(index).server,
    kill: async (index) => await member(index).kill(),
    start: async (index) => await member(index).start(),
    [Symbol.asyncDispose]: async () => await running.disposeAsync(),
  };
}

async function describeNodes({ provider }: GaleraInstallation, nodes: number): Promise<readonly GaleraNode[]> {
  const cluster = `rowhouse_${randomBytes(6).toString('hex')}`;
  const ports = await Promise.all(
    Array.from({ length: nodes }, async () => ({
      group: await freePort(),
      increments: await freePort(),
      state: await freePort(),
    })),
  );
  const members = ports.map(({ group }) => group);
  return ports.map((own, index) => ({ cluster, name: `node${index}`, provider, ports: own, members }));
}

interface Member extends AsyncDisposable {
  readonly server: DatabaseServer;
  kill(): Promise<void>;
  start(): Promise<void>;
}

async function startMember(
  node: GaleraNode,
  role: 'founds' | 'joins',
  installation: Installation,
  password: string,
): Promise<Member> {
  const directory = await makeScratchDirectory('rowhouse-galera-');
  const watchdog = startWatchdog(directory);
  try {
    await giveToServerUser(directory);
    const place = await preparePlace(role, installation, directory, password);
    let server: ServerProcess = await runServer(galeraKind(node, role), place, joinMs);
    watchdog.watch(server.pid);
    const kill = async (): Promise<void> => {
      await server.end('SIGKILL');
      watchdog.forget();
    };
    const address = { engine: mariadb.engine, host: '127.0.0.1', port: place.port, user: mariadb.user, password };
    return {
      server: {
        engine: mariadb.engine,
        version: installation.version,
        url: (database = mariadb.defaultDatabase, options) => serverUrl(address, database, options),
      },
      kill,
      async start() {
        if (server.running) return;
        server = await runServer(galeraKind(node, 'joins'), place, joinMs);
        watchdog.watch(server.pid);
      },
      async [Symbol.asyncDispose]() {
        await kill();
        watchdog.dismiss();
        await remove(directory);
      },
    };
  } catch (error) {
    watchdog.dismiss();
    await remove(directory);
    throw error;
  }
}

/** The first node starts with the accounts, the others with an empty directory, because they copy everything. */
async function preparePlace(
  role: 'founds' | 'joins',
  installation: Installation,
  directory: string,
  password: string,
): Promise<ServerPlace> {
  const place: ServerPlace = {
    installation,
    directory,
    dataDirectory: join(directory, 'data'),
    logFile: join(directory, 'server.log'),
    port: await freePort(),
    password,
    settings: {},
  };
  if (role === 'founds') {
    await createDataDirectory(mariadb, installation, place.dataDirectory);
    await mariadb.claim?.(place);
  } else {
    await mkdir(place.dataDirectory, { mode: 0o700 });
    await giveToServerUser(place.dataDirectory);
  }
  return place;
}

async function remove(directory: string): Promise<void> {
  await rm(directory, { recursive: true, force: true, maxRetries: 5 });
}
