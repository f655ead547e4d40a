import { appendFileSync } from 'node:fs';
import type { TestProject } from 'vitest/node';
import { knownServers, type KnownServer } from './known-servers.ts';
import { startServerHost, type ServerHost } from './server-host.ts';

declare module 'vitest' {
  interface ProvidedContext {
    servers: readonly KnownServer[];
    serverHost: string;
  }
}

interface SharedHost {
  users: number;
  readonly opened: Promise<{ readonly servers: readonly KnownServer[]; readonly host: ServerHost }>;
}

/** Vitest runs this file once per project, each time as a module of its own; the process is what they share. */
const shared = globalThis as { [key: symbol]: SharedHost | undefined };
const key = Symbol.for('rowhouse.test.server-host');

/** Makes the servers of the matrix known to the tests of a project; the last project to end stops those that ran. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const current = (shared[key] ??= { users: 0, opened: open() });
  current.users += 1;
  const { servers, host } = await current.opened;
  project.provide('servers', servers);
  project.provide('serverHost', host.socket);
  return async () => {
    current.users -= 1;
    if (current.users > 0) return;
    shared[key] = undefined;
    await host[Symbol.asyncDispose]();
    report(servers, host.used);
  };
}

async function open(): Promise<Awaited<SharedHost['opened']>> {
  const servers = await knownServers();
  const missing = servers.filter((server) => server.missing !== undefined);
  for (const server of missing) console.warn(`!! SKIPPED: ${server.missing}`);
  const fatal = missing.filter((server) => server.required);
  if (process.env['CI'] === 'true' && fatal.length > 0) {
    throw new Error(`with CI=true every required server must be there: ${fatal.map(({ name }) => name).join(', ')}`);
  }
  return { servers, host: await startServerHost(servers) };
}

/** The matrix that ran, for people and, where ROWHOUSE_MATRIX_FILE says so, for the script that runs several steps. */
function report(servers: readonly KnownServer[], used: ReadonlySet<string>): void {
  const lines = servers.map((server) => {
    const state = used.has(server.name) ? `${server.version} ran` : (server.missing ?? `${server.version} not used`);
    return `${server.name.padEnd(24)}${state}`;
  });
  console.log(['', 'servers', ...lines.map((line) => `  ${line}`)].join('\n'));
  const file = process.env['ROWHOUSE_MATRIX_FILE'];
  if (file) appendFileSync(file, lines.map((line) => `${line}\n`).join(''));
}
