import { loadClientLibrary, type AdminLine } from '../database/admin-line.ts';
import type { DatabaseHome, Template } from '../database/database-home.ts';
import type { Leak } from '../leak/leak.ts';

/** Databases of PostgreSQL: a template is copied by the server itself. */
export const postgresqlHome: DatabaseHome = { create, drop, clone, findLeaks, serverVersion };

async function create(admin: string, name: string): Promise<void> {
  await using line = await open(admin);
  await line.query(`create database ${quote(name)}`);
}

async function drop(admin: string, name: string): Promise<void> {
  await using line = await open(admin);
  await line.query(`drop database if exists ${quote(name)} with (force)`);
}

async function clone(admin: string, name: string, template: Template): Promise<void> {
  await using line = await open(admin);
  if (!(await isReady(line, template.name))) await makeTemplate(line, template);
  await line.query(`create database ${quote(name)} template ${quote(template.name)}`);
}

/** Only one of several test processes makes it; a template that was left half made is made again. */
async function makeTemplate(line: AdminLine, template: Template): Promise<void> {
  await line.query('select pg_advisory_lock(hashtext($1))', [template.name]);
  if (!(await isReady(line, template.name))) {
    await line.query(`drop database if exists ${quote(template.name)} with (force)`);
    await line.query(`create database ${quote(template.name)}`);
    await template.prepare();
    // From now on nobody connects to it: a copy is refused while somebody does. Whoever is still leaving is cut off.
    await line.query(`alter database ${quote(template.name)} with allow_connections false`);
    await line.query('select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = $1', [
      template.name,
    ]);
  }
  await line.query('select pg_advisory_unlock(hashtext($1))', [template.name]);
}

async function isReady(line: AdminLine, name: string): Promise<boolean> {
  const rows = await line.query('select 1 from pg_database where datname = $1 and not datallowconn', [name]);
  return rows.length > 0;
}

async function findLeaks(url: string): Promise<readonly Leak[]> {
  await using line = await open(url);
  const sessions = await line.query<Session>(
    `select pid, state, coalesce(application_name, '') as application, xact_start is not null as transaction
       from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'
      order by pid`,
  );
  const locks = await line.query<Lock>(
    `select pid, locktype, mode, relation::regclass::text as relation
       from pg_locks
      where database = (select oid from pg_database where datname = current_database())
        and granted and pid <> pg_backend_pid() and pid in (select pid from pg_stat_activity where backend_type = 'client backend')
      order by pid, locktype, relation, mode`,
  );
  return [...sessions.flatMap(sessionLeaks), ...locks.map(lockLeak)];
}

interface Session {
  readonly pid: number;
  readonly state: string | null;
  readonly application: string;
  readonly transaction: boolean;
}

interface Lock {
  readonly pid: number;
  readonly locktype: string;
  readonly mode: string;
  readonly relation: string | null;
}

function sessionLeaks({ pid, state, application, transaction }: Session): readonly Leak[] {
  const session = String(pid);
  const detail = `${state ?? 'unknown state'}${application === '' ? '' : `, ${application}`}`;
  const connection: Leak = { kind: 'connection', session, detail };
  return transaction ? [connection, { kind: 'transaction', session, detail }] : [connection];
}

function lockLeak({ pid, locktype, mode, relation }: Lock): Leak {
  return { kind: 'lock', session: String(pid), detail: [locktype, relation, mode].filter(Boolean).join(' ') };
}

async function serverVersion(admin: string): Promise<string> {
  await using line = await open(admin);
  const rows = await line.query<{ server_version: string }>('show server_version');
  return rows[0]?.server_version.split(' ')[0] ?? '';
}

async function open(url: string): Promise<AdminLine> {
  const { Client } = await loadClientLibrary<Pg>('pg');
  const client = new Client({ connectionString: url.replace(/^[a-z]+(\+[a-z0-9-]+)?:/, 'postgresql:') });
  client.on('error', () => undefined); // a server that a test kills also cuts this line; the running query rejects
  await client.connect();
  return {
    query: async <Row>(sql: string, values: readonly unknown[] = []) => (await client.query<Row>(sql, values)).rows,
    [Symbol.asyncDispose]: async () => await client.end().catch(() => undefined),
  };
}

interface Pg {
  readonly Client: new (options: { readonly connectionString: string }) => PgClient;
}

interface PgClient {
  on(event: 'error', listener: () => void): void;
  connect(): Promise<unknown>;
  query<Row>(sql: string, values: readonly unknown[]): Promise<{ readonly rows: readonly Row[] }>;
  end(): Promise<void>;
}

function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
