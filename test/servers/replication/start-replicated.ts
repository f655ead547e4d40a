import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createDataDirectory } from '../../../src/testing/server/data-template.ts';
import { freePort } from '../../../src/testing/server/free-port.ts';
import type { Installation } from '../../../src/testing/server/installation.ts';
import { makeScratchDirectory } from '../../../src/testing/server/scratch-directory.ts';
import type { ServerKind, ServerPlace } from '../../../src/testing/server/server-kind.ts';
import { runServer, type ServerProcess } from '../../../src/testing/server/server-process.ts';
import { serverUrl } from '../../../src/testing/server/server-url.ts';
import { giveToServerUser } from '../../../src/testing/server/server-user.ts';
import { startWatchdog } from '../../../src/testing/server/watchdog.ts';
import { replicatedKinds, runAll, type ReplicatedKind } from './replicated-kind.ts';

/** One server of a primary and its replicas. */
export interface ReplicatedNode {
  url(database: string): string;
  /** Ends it as a power cut does. */
  kill(): Promise<void>;
  /** Starts it again with the same data. */
  start(): Promise<void>;
  /** Lets it hang: its lines stay open and nothing is answered. */
  freeze(): void;
  thaw(): void;
  /** Stops showing what the primary writes, and answers all the same. */
  pauseReplay(): Promise<void>;
  resumeReplay(): Promise<void>;
}

export interface ReplicatedServer extends AsyncDisposable {
  readonly primary: ReplicatedNode;
  readonly replicas: readonly ReplicatedNode[];
}

const startMs = 60_000;

/** Starts a primary and servers that follow it; each is a copy of the primary's first files. */
export async function startReplicated(
  kind: ServerKind,
  installation: Installation,
  { replicas }: { readonly replicas: number },
): Promise<ReplicatedServer> {
  const replicated = replicatedKinds[kind.engine];
  if (replicated === undefined) throw new Error(`it is not known how ${kind.engine} is replicated`);
  const password = randomBytes(18).toString('base64url');
  await using started = new AsyncDisposableStack();
  const primary = await makePlace(installation, password, started);
  await createDataDirectory(kind, installation, primary.dataDirectory);
  await kind.claim?.(primary);
  await runOnce(kind, primary);
  await replicated.settle(primary);
  const followers: ServerPlace[] = [];
  for (let index = 0; index < replicas; index += 1) {
    const place = await makePlace(installation, password, started);
    await promisify(execFile)('cp', ['-a', '--sparse=always', primary.dataDirectory, place.dataDirectory]);
    await replicated.settle(place);
    await replicated.prepare(place, primary);
    followers.push(place);
  }
  const nodes: ReplicatedNode[] = [];
  for (const [index, place] of [primary, ...followers].entries()) {
    nodes.push(started.use(await startNode(kind, replicated, place, index + 1)));
    if (index > 0) await replicated.follow(urlOf(kind, place, kind.defaultDatabase), primary);
  }
  const [first, ...others] = nodes;
  if (first === undefined) throw new Error('there is always a primary');
  const running = started.move();
  return {
    primary: first,
    replicas: others,
    [Symbol.asyncDispose]: async () => await running.disposeAsync(),
  };
}

async function makePlace(
  installation: Installation,
  password: string,
  stack: AsyncDisposableStack,
): Promise<ServerPlace> {
  const directory = await makeScratchDirectory('rowhouse-replicated-');
  stack.defer(async () => await rm(directory, { recursive: true, force: true, maxRetries: 5 }));
  await giveToServerUser(directory);
  return {
    installation,
    directory,
    dataDirectory: join(directory, 'data'),
    logFile: join(directory, 'server.log'),
    port: await freePort(),
    password,
    settings: {},
  };
}

/** Runs the server once, so that accounts made at its first start are in the files that are copied. */
async function runOnce(kind: ServerKind, place: ServerPlace): Promise<void> {
  const server = await runServer(kind, place, startMs);
  await server.end(kind.stopSignal);
}

async function startNode(
  kind: ServerKind,
  replicated: ReplicatedKind,
  place: ServerPlace,
  number: number,
): Promise<ReplicatedNode & AsyncDisposable> {
  const watchdog = startWatchdog(place.directory);
  const own: ServerKind = {
    ...kind,
    startArguments: (one) => [...kind.startArguments(one), ...replicated.startArguments(number)],
  };
  const run = async (): Promise<ServerProcess> => {
    const server = await runServer(own, place, startMs);
    watchdog.watch(server.pid);
    return server;
  };
  let server = await run();
  const administrator = urlOf(kind, place, kind.defaultDatabase);
  const kill = async (): Promise<void> => {
    await server.end('SIGKILL');
    watchdog.forget();
  };
  return {
    url: (database) => urlOf(kind, place, database),
    kill,
    async start() {
      if (!server.running) server = await run();
    },
    freeze: () => signalAll(server, 'SIGSTOP'),
    thaw: () => signalAll(server, 'SIGCONT'),
    pauseReplay: async () => await runAll(administrator, [replicated.pause]),
    resumeReplay: async () => await runAll(administrator, [replicated.resume]),
    async [Symbol.asyncDispose]() {
      await kill();
      watchdog.dismiss();
    },
  };
}

function urlOf(kind: ServerKind, { port, password }: ServerPlace, database: string): string {
  return serverUrl({ engine: kind.engine, host: '127.0.0.1', port, user: kind.user, password }, database);
}

/** The workers of a server that has them answer for it, so they hang too. */
function signalAll({ pid }: ServerProcess, signal: NodeJS.Signals): void {
  const workers = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
  for (const one of [pid, ...workers]) process.kill(one, signal);
}
