import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { cacheDirectory } from '../../src/testing/server/cache-directory.ts';
import { findInstallations } from '../../src/testing/server/installation.ts';
import type { ServerEngine } from '../../src/testing/server/private-server.ts';
import { serverKinds } from '../../src/testing/servers/server-kinds.ts';
import { isWanted } from './wanted.ts';

/** A server of the test matrix, present or missing. Plain data: it travels to the test processes. */
export interface KnownServer {
  readonly name: string;
  readonly engine: string;
  readonly variant: string;
  readonly driver: string;
  readonly version: string;
  /** What to start; absent for an engine in a file. */
  readonly program?: { readonly engine: ServerEngine; readonly version: string };
  readonly missing?: string;
  /** With CI=true its absence fails the run. */
  readonly required: boolean;
}

/** The matrix, narrowed by ROWHOUSE_SERVERS_ONLY, each with what this machine has of it. */
export async function knownServers(): Promise<readonly KnownServer[]> {
  const all = [
    program('postgresql-15', { engine: 'postgresql', driver: 'pg', major: '15' }),
    program('postgresql-16', { engine: 'postgresql', driver: 'pg', major: '16' }),
    program('postgresql-18', { engine: 'postgresql', driver: 'pg', major: '18' }),
    program('mariadb', { engine: 'mariadb', driver: 'mysql2' }),
    program('mysql-9.7', { engine: 'mysql', driver: 'mysql2', major: '9.7', optional: true }),
    file('sqlite-better-sqlite3', 'better-sqlite3', betterSqliteVersion),
    file('sqlite-node', 'node:sqlite', () => process.versions['sqlite'] ?? ''),
  ];
  return await Promise.all(all.filter(({ name }) => isWanted(name)).map(async ({ look }) => await look()));
}

interface Candidate {
  readonly name: string;
  readonly look: () => Promise<KnownServer>;
}

interface Program {
  readonly engine: ServerEngine;
  readonly driver: string;
  readonly major?: string;
  readonly optional?: boolean;
}

function program(name: string, { engine, driver, major, optional = false }: Program): Candidate {
  const look = async (): Promise<KnownServer> => {
    const found = await findInstallations(serverKinds[engine]);
    const version = found.map((one) => one.version).find((one) => major === undefined || one.startsWith(`${major}.`));
    const facts = { name, engine, variant: engine, driver, required: !optional };
    if (version === undefined) return { ...facts, version: '', missing: whyMissing(name) };
    return { ...facts, version, program: { engine, version } };
  };
  return { name, look };
}

/** What the installation script wrote down when it could not get this server. */
function whyMissing(name: string): string {
  const record = join(cacheDirectory(), `${name}.missing`);
  const reason = existsSync(record) ? readFileSync(record, 'utf8').trim() : 'run `node scripts/servers.mjs`';
  return `${name} is not on this machine: ${reason}`;
}

function file(name: string, driver: string, version: () => string): Candidate {
  const facts = { name, engine: 'sqlite', variant: 'sqlite', driver, required: true };
  return { name, look: async () => ({ ...facts, version: version() }) };
}

function betterSqliteVersion(): string {
  const Database = createRequire(import.meta.url)('better-sqlite3') as new (path: string) => SqliteHandle;
  const database = new Database(':memory:');
  const version = database.prepare('select sqlite_version()').pluck().get();
  database.close();
  return version;
}

interface SqliteHandle {
  prepare(sql: string): { pluck(): { get(): string } };
  close(): void;
}
