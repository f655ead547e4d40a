import { randomBytes } from 'node:crypto';
import { chmod, copyFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { serverKinds } from '../servers/server-kinds.ts';
import { createDataDirectory } from './data-template.ts';
import { startDockerServer } from './docker-server.ts';
import { freePort, isFree } from './free-port.ts';
import { findInstallations, type Installation } from './installation.ts';
import type { PrivateServer, ServerOptions, TlsFiles } from './private-server.ts';
import { makeScratchDirectory } from './scratch-directory.ts';
import type { ServerKind, ServerPlace } from './server-kind.ts';
import { runServer, type ServerProcess } from './server-process.ts';
import { serverUrl } from './server-url.ts';
import { giveToServerUser } from './server-user.ts';
import { startWatchdog, type Watchdog } from './watchdog.ts';

const defaultStartTimeoutMs = 60_000;

/**
 * Starts a server that belongs to this process alone: own data, own port of 127.0.0.1, own password.
 * It ends with the `await using` block, and with this process however that ends.
 *
 * @example
 * ```ts
 * await using server = await startServer({ engine: 'postgresql', version: '16' });
 * const url = server.url('postgres');
 * ```
 */
export async function startServer(options: ServerOptions): Promise<PrivateServer> {
  const kind = serverKinds[options.engine];
  if (options.via === 'docker') return await startDockerServer(options, kind);
  const installation = await getInstallation(kind, options.version);
  const directory = options.directory ?? (await makeScratchDirectory('rowhouse-'));
  const watchdog = startWatchdog(options.directory === undefined ? directory : undefined);
  try {
    await giveToServerUser(directory);
    const place = await prepare(kind, installation, directory, options);
    return await runAndOwn({ kind, place, watchdog, options });
  } catch (error) {
    watchdog.dismiss();
    if (options.directory === undefined) await remove(directory);
    throw error;
  }
}

async function getInstallation(kind: ServerKind, version: string | undefined): Promise<Installation> {
  const found = await findInstallations(kind);
  const match = found.find((one) => version === undefined || `${one.version}.`.startsWith(`${version}.`));
  if (match !== undefined) return match;
  const wanted = version === undefined ? kind.engine : `${kind.engine} ${version}`;
  throw new RowhouseError('SERVER_UNAVAILABLE', `no ${wanted} server program was found on this machine`, {
    details: { engine: kind.engine, version, found: found.map((one) => one.version), places: kind.places },
    hint: `install ${kind.program}, or use { via: 'docker' } where a docker engine runs`,
  });
}

async function prepare(
  kind: ServerKind,
  installation: Installation,
  directory: string,
  options: ServerOptions,
): Promise<ServerPlace> {
  const place: ServerPlace = {
    installation,
    directory,
    dataDirectory: join(directory, 'data'),
    logFile: join(directory, 'server.log'),
    port: await freePort(),
    password: randomBytes(18).toString('base64url'),
    settings: options.settings ?? {},
    tls: options.tls && (await ownTlsFiles(options.tls, directory)),
  };
  await createDataDirectory(kind, installation, place.dataDirectory);
  await kind.claim?.(place);
  return place;
}

/** Servers refuse a private key that others may read or own, so they get copies of their own. */
async function ownTlsFiles(tls: TlsFiles, directory: string): Promise<TlsFiles> {
  const own = async (from: string, name: string): Promise<string> => {
    const to = join(directory, name);
    await copyFile(from, to);
    await chmod(to, 0o600);
    await giveToServerUser(to);
    return to;
  };
  return {
    certificate: await own(tls.certificate, 'server.crt'),
    key: await own(tls.key, 'server.key'),
    ca: await own(tls.ca, 'ca.crt'),
  };
}

async function runAndOwn(run: Run): Promise<PrivateServer> {
  const { kind, watchdog, options } = run;
  const timeoutMs = options.startTimeoutMs ?? defaultStartTimeoutMs;
  const [place, first] = await runOnFreePort(run, timeoutMs);
  let server: ServerProcess = first;
  watchdog.watch(server.pid);
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    await server.end(signal);
    watchdog.forget();
  };
  const address = {
    engine: kind.engine,
    host: '127.0.0.1',
    port: place.port,
    user: kind.user,
    password: place.password,
  };
  return {
    ...address,
    version: place.installation.version,
    socketDirectory: place.directory,
    logFile: place.logFile,
    url: (database = kind.defaultDatabase, urlOptions) => serverUrl(address, database, urlOptions),
    kill: async () => await end('SIGKILL'),
    stop: async () => await end(kind.stopSignal),
    async start() {
      if (server.running) return;
      server = await runServer(kind, place, timeoutMs);
      watchdog.watch(server.pid);
    },
    async [Symbol.asyncDispose]() {
      // Nobody reads the data again, so there is no reason to wait for it to be written.
      await end(options.directory === undefined ? 'SIGKILL' : kind.stopSignal);
      watchdog.dismiss();
      if (options.directory === undefined) await remove(place.directory);
    },
  };
}

interface Run {
  readonly kind: ServerKind;
  readonly place: ServerPlace;
  readonly watchdog: Watchdog;
  readonly options: ServerOptions;
}

/** Another process may take the port between our look and the server's start: then the next port is tried. */
async function runOnFreePort(run: Run, timeoutMs: number): Promise<readonly [ServerPlace, ServerProcess]> {
  try {
    return [run.place, await runServer(run.kind, run.place, timeoutMs)];
  } catch (error) {
    if (await isFree(run.place.port)) throw error;
    return await runOnFreePort({ ...run, place: { ...run.place, port: await freePort() } }, timeoutMs);
  }
}

async function remove(directory: string): Promise<void> {
  await rm(directory, { recursive: true, force: true, maxRetries: 5 });
}
