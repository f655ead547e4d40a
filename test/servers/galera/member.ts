import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createDataDirectory } from '../../../src/testing/server/data-template.ts';
import type { Installation } from '../../../src/testing/server/installation.ts';
import type { DatabaseServer } from '../../../src/testing/server/private-server.ts';
import { makeScratchDirectory } from '../../../src/testing/server/scratch-directory.ts';
import type { ServerPlace } from '../../../src/testing/server/server-kind.ts';
import { runServer, type ServerProcess } from '../../../src/testing/server/server-process.ts';
import { serverUrl } from '../../../src/testing/server/server-url.ts';
import { giveToServerUser } from '../../../src/testing/server/server-user.ts';
import { startWatchdog } from '../../../src/testing/server/watchdog.ts';
import { mariadb } from '../../../src/testing/servers/mariadb.ts';
import { galeraKind, type GaleraNode, type GaleraRole } from './node-kind.ts';

/** A running node of a private cluster. */
export interface Member extends AsyncDisposable {
  readonly server: DatabaseServer;
  /** Ends it as a power cut does. */
  kill(): Promise<void>;
  /** Starts it again; it copies what the others have. */
  start(): Promise<void>;
}

export interface MemberOptions {
  readonly role: GaleraRole;
  readonly installation: Installation;
  readonly password: string;
}

/** 60 s: joining took 3 to 12 s on a machine with two cores. */
const joinMs = 60_000;

/** Starts a node and waits until it has all rows of the others. */
export async function startMember(node: GaleraNode, options: MemberOptions): Promise<Member> {
  const directory = await makeScratchDirectory('rowhouse-galera-');
  const watchdog = startWatchdog(directory);
  const remove = async (): Promise<void> => {
    watchdog.dismiss();
    await rm(directory, { recursive: true, force: true, maxRetries: 5 });
  };
  const run = async (place: ServerPlace, role: GaleraRole): Promise<ServerProcess> =>
    await runServer(
      galeraKind(node, role, (pid) => watchdog.watch(pid)),
      place,
      joinMs,
    );
  try {
    await giveToServerUser(directory);
    const place = await preparePlace(node, directory, options);
    let process = await run(place, options.role);
    const kill = async (): Promise<void> => {
      await process.end('SIGKILL');
      watchdog.forget();
    };
    return {
      server: serverOf(place),
      kill,
      async start() {
        if (!process.running) process = await run(place, 'joins');
      },
      async [Symbol.asyncDispose]() {
        await kill();
        await remove();
      },
    };
  } catch (error) {
    await remove();
    throw error;
  }
}

function serverOf({ installation, port, password }: ServerPlace): DatabaseServer {
  const address = { engine: mariadb.engine, host: '127.0.0.1', port, user: mariadb.user, password };
  return {
    engine: mariadb.engine,
    version: installation.version,
    url: (database = mariadb.defaultDatabase, options) => serverUrl(address, database, options),
  };
}

/** The first node starts with the accounts, the others with an empty directory, because they copy everything. */
async function preparePlace(
  { ports }: GaleraNode,
  directory: string,
  { role, installation, password }: MemberOptions,
): Promise<ServerPlace> {
  const dataDirectory = join(directory, 'data');
  const logFile = join(directory, 'server.log');
  const place = { installation, directory, dataDirectory, logFile, port: ports.clients, password, settings: {} };
  if (role === 'founds') {
    await createDataDirectory(mariadb, installation, dataDirectory);
    await mariadb.claim?.(place);
  } else {
    await mkdir(dataDirectory, { mode: 0o700 });
    await giveToServerUser(dataDirectory);
  }
  return place;
}
