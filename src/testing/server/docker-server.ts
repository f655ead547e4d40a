import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { freePort } from './free-port.ts';
import type { PrivateServer, ServerOptions } from './private-server.ts';
import type { ServerKind } from './server-kind.ts';
import { serverUrl } from './server-url.ts';
import { until } from './until.ts';

/** 120 s: an image is downloaded before its first start. */
const defaultStartTimeoutMs = 120_000;

/** Starts the official image of a server. It is removed with the `await using` block; a crash of this process leaves it. */
export async function startDockerServer(options: ServerOptions, kind: ServerKind): Promise<PrivateServer> {
  refuseProgramOptions(options);
  const { stdout: engine } = await docker(['version', '--format', '{{.Server.Version}}']);
  const version = options.version ?? kind.container.version;
  const name = `rowhouse-${kind.engine}-${randomBytes(6).toString('hex')}`;
  const password = randomBytes(18).toString('base64url');
  const port = await freePort();
  const address = { engine: kind.engine, host: '127.0.0.1', port, user: kind.user, password };
  const { args, environment } = dockerRun(kind, { name, version, port, password, settings: options.settings ?? {} });
  const waitUntilReady = async (): Promise<void> => {
    const withinMs = options.startTimeoutMs ?? defaultStartTimeoutMs;
    if (await until(async () => await kind.container.answers(port), { withinMs, everyMs: 100 })) return;
    throw new RowhouseError('SERVER_UNAVAILABLE', `the ${kind.engine} container did not answer within ${withinMs} ms`, {
      details: { name, version, dockerVersion: engine.trim() },
      hint: `read \`docker logs ${name}\``,
    });
  };
  const control = async (...command: readonly string[]): Promise<void> => {
    await docker([...command, name]);
  };
  await docker(args, environment);
  await waitUntilReady();
  return {
    ...address,
    version,
    url: (database = kind.defaultDatabase, urlOptions) => serverUrl(address, database, urlOptions),
    kill: async () => await control('kill'),
    stop: async () => await control('stop'),
    async start() {
      await control('start');
      await waitUntilReady();
    },
    [Symbol.asyncDispose]: async () => await control('rm', '--force', '--volumes'),
  };
}

/** What `docker` is told to run the server; the secret goes through the environment, never through an argument of docker. */
export function dockerRun(kind: ServerKind, container: Container): DockerRun {
  const { name, version, port, password, settings } = container;
  const environment = kind.container.environment(password);
  const args = [
    'run',
    '--detach',
    `--name=${name}`,
    `--publish=127.0.0.1:${port}:${kind.container.port}`,
    ...Object.keys(environment).map((variable) => `--env=${variable}`),
    `${kind.container.image}:${version}`,
    ...kind.container.startArguments(password),
    ...kind.settingArguments(settings),
  ];
  return { args, environment };
}

export interface Container {
  readonly name: string;
  readonly version: string;
  readonly port: number;
  readonly password: string;
  readonly settings: NonNullable<ServerOptions['settings']>;
}

export interface DockerRun {
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

function refuseProgramOptions({ tls, directory }: ServerOptions): void {
  if (tls === undefined && directory === undefined) return;
  throw new RowhouseError('USAGE', 'tls and directory are for a server program, not for a container', {
    hint: 'leave `via` out',
  });
}

async function docker(
  args: readonly string[],
  environment: NodeJS.ProcessEnv = {},
): Promise<{ readonly stdout: string }> {
  try {
    return await promisify(execFile)('docker', args, { env: { ...process.env, ...environment } });
  } catch (cause) {
    throw new RowhouseError('SERVER_UNAVAILABLE', `docker ${args[0] ?? ''} failed: ${reason(cause)}`, {
      cause: cause instanceof Error && 'stderr' in cause ? undefined : cause,
      hint: 'start a docker engine, or leave `via` out to run a server program of this machine',
    });
  }
}

function reason(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown reason';
  if ('code' in error && error.code === 'ENOENT') return 'no docker program was found';
  return 'stderr' in error ? String(error.stderr).trim() : error.message;
}
