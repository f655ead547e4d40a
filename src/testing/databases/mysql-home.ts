import { setTimeout as delay } from 'node:timers/promises';
import { loadClientLibrary, type AdminLine } from '../database/admin-line.ts';
import type { DatabaseHome } from '../database/database-home.ts';
import type { Leak } from '../leak/leak.ts';

/** Databases of MySQL and MariaDB, which cannot copy one: each is prepared on its own. */
export const mysqlHome: DatabaseHome = { create, drop, findLeaks, serverVersion };

async function create(admin: string, name: string): Promise<void> {
  await using line = await open(admin);
  await line.query(`create database ${quote(name)}`);
}

/** Sessions that still use it would hold its metadata locks, and the drop would wait for them. */
async function drop(admin: string, name: string): Promise<void> {
  await using line = await open(admin);
  const sessions = await line.query<{ readonly id: number }>(
    'select id from information_schema.processlist where db = ? and id <> connection_id()',
    [name],
  );
  for (const { id } of sessions) await line.query('kill ?', [id]).catch(() => undefined); // it may have left by itself
  await line.query(`drop database if exists ${quote(name)}`);
}

async function findLeaks(url: string): Promise<readonly Leak[]> {
  await using line = await open(url);
  // The list of transactions is renewed only when nobody has asked for a tenth of a second: ask no faster.
  const sessions = await line.query<Session>(
    `select p.id as id, lower(p.command) as command, t.trx_state as transaction_state,
            coalesce(t.trx_rows_locked, 0) as rows_locked, coalesce(t.trx_tables_locked, 0) as tables_locked
       from information_schema.processlist p
       left join information_schema.innodb_trx t on t.trx_mysql_thread_id = p.id
      where p.db = database() and p.id <> connection_id()
      order by p.id`,
  );
  return sessions.flatMap(sessionLeaks);
}

interface Session {
  readonly id: number;
  readonly command: string;
  readonly transaction_state: string | null;
  readonly rows_locked: number;
  readonly tables_locked: number;
}

function sessionLeaks(row: Session): readonly Leak[] {
  const session = String(row.id);
  const leaks: Leak[] = [{ kind: 'connection', session, detail: row.command }];
  if (row.transaction_state !== null)
    leaks.push({ kind: 'transaction', session, detail: row.transaction_state.toLowerCase() });
  if (row.rows_locked + row.tables_locked > 0) {
    leaks.push({ kind: 'lock', session, detail: `${row.rows_locked} rows, ${row.tables_locked} tables` });
  }
  return leaks;
}

async function serverVersion(admin: string): Promise<string> {
  await using line = await open(admin);
  const rows = await line.query<{ readonly version: string }>('select version() as version');
  return /^[\d.]+/.exec(rows[0]?.version ?? '')?.[0] ?? '';
}

async function open(url: string): Promise<AdminLine> {
  const { createConnectionPromise } = await loadClientLibrary<Mysql2>('mysql2');
  const { hostname, port, username, password, pathname } = new URL(url);
  const connection = await createConnectionPromise({
    host: hostname,
    port: Number(port || 3306),
    user: decodeURIComponent(username),
    password: decodeURIComponent(password),
    database: decodeURIComponent(pathname.slice(1)),
  });
  connection.on('error', () => undefined); // a server that a test kills also cuts this line; the running query rejects
  return {
    query: async <Row>(sql: string, values: readonly unknown[] = []) =>
      await untilListed(async () => (await connection.query<Row>(sql, values))[0]),
    [Symbol.asyncDispose]: async () => await connection.end().catch(() => undefined),
  };
}

/** MySQL's lists of processes and transactions fail as a whole while anybody runs a statement with bytes that are no text. */
async function untilListed<T>(ask: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await ask();
    } catch (error) {
      const isForBytes = (error as { readonly errno?: unknown }).errno === cannotConvert;
      if (!isForBytes || tries === 50) throw error;
      await delay(100);
    }
  }
}

const cannotConvert = 3854;

interface Mysql2 {
  readonly createConnectionPromise: (options: Readonly<Record<string, string | number>>) => Promise<MysqlConnection>;
}

interface MysqlConnection {
  on(event: 'error', listener: () => void): void;
  query<Row>(sql: string, values: readonly unknown[]): Promise<readonly [readonly Row[], unknown]>;
  end(): Promise<void>;
}

function quote(name: string): string {
  return `\`${name.replaceAll('`', '``')}\``;
}
