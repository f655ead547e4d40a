import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import { connect } from '../../src/connect/connect.ts';
import type { ServiceDatabase } from '../../src/connect/service-session.ts';
import { postgresScript } from '../../src/dialects/postgres/script-syntax.ts';
import { splitStatements } from '../../src/migration/script/split-statements.ts';
import { localSettings } from '../../src/testing/schema/schema-database.ts';
import type { PrivateServer } from '../../src/testing/server/private-server.ts';
import { startServer } from '../../src/testing/server/start-server.ts';
import type { Bench, ClientFailure, KeptRows, TableFacts } from './bench.ts';
import { measureStatements } from './measure-statements.ts';
import { dumpCatalog, normalizedDump } from './postgres-dump.ts';
import type { Cell, Line } from './line.ts';
import { fillPostgres } from './postgres-fill.ts';
import { runClient } from './run-client.ts';

/** A private server of PostgreSQL, driven by `psql`; `pg_dump` describes it where there is one of its version. */
export async function postgresBench(major: string): Promise<Bench> {
  const server = await startServer({
    engine: 'postgresql',
    version: major,
    settings: { autovacuum: 'off', jit: 'off', password_encryption: 'md5' },
  });
  const environment = {
    PGPASSWORD: server.password,
    PGHOST: server.host,
    PGPORT: String(server.port),
    PGUSER: server.user,
  };
  const hasDump = (await runClient('pg_dump', ['--version'], '')).stdout.includes(` ${major}.`);
  const withLine = async <T>(database: string, work: (line: Line) => Promise<T>): Promise<T> => {
    const client = new Client({ connectionString: `${server.url(database)}?sslmode=disable` });
    await client.connect();
    try {
      return await work({ query: async (sql) => (await client.query<Record<string, Cell>>(sql)).rows });
    } finally {
      await client.end();
    }
  };
  const admin = async (statements: readonly string[]): Promise<void> =>
    await withLine('postgres', async (line) => {
      for (const sql of statements) await line.query(sql);
    });
  await withLine('postgres', async (line) => await signInQuickly(server, line));
  const run = async (database: string, sql: string): Promise<ClientFailure | undefined> => {
    const args = ['-X', '-q', '-v', 'ON_ERROR_STOP=1', '-v', 'VERBOSITY=verbose', '-o', '/dev/null', '-d', database];
    const { exitCode, stderr } = await runClient('psql', args, sql, environment);
    if (exitCode === 0) return undefined;
    const [, code = '', message = stderr] = /ERROR:\s+(\w{5}):\s+([^\n]*)/.exec(stderr) ?? [];
    return { message: `${code} ${message}`.trim() };
  };
  return {
    name: `postgresql ${major}`,
    refuses: () => undefined,
    async make(database, one) {
      await admin([...one.roles.map(createRole), `create database "${database}" template template0`]);
    },
    copy: async (from, to) => await admin([`create database "${to}" template "${from}"`]),
    async drop(databases) {
      const drop = async (name: string): Promise<void> =>
        await admin([`drop database if exists "${name}" with (force)`]);
      for (const database of databases) {
        try {
          await drop(database);
        } catch {
          await withLine(database, dropSubscriptions);
          await drop(database);
        }
      }
      if (databases.length > 1) await withLine('postgres', dropRoles);
    },
    async run(database, sql): Promise<ClientFailure | undefined> {
      const failure = await run(database, sql);
      const [, role] = /role "([^"]+)" does not exist/.exec(failure?.message ?? '') ?? [];
      if (role === undefined || database === 'work') return failure;
      // Roles belong to the server: a definition may grant to one that its author had.
      await admin([createRole(role)]);
      return await run(database, sql);
    },
    split: (sql) => splitStatements(sql, postgresScript),
    open: async (database): Promise<ServiceDatabase> => await connect({}, localSettings(server.url(database))),
    async dump(database) {
      if (!hasDump) return await withLine(database, dumpCatalog);
      const { stdout, stderr, exitCode } = await runClient('pg_dump', ['-s', '-d', database], '', environment);
      if (exitCode !== 0) throw new Error(stderr);
      return normalizedDump(stdout);
    },
    fill: async (database) => await withLine(database, fillPostgres),
    measure: async (database, segments) =>
      await withLine(database, async (line) => await measureStatements(line, segments)),
    tables: async (database) => await withLine(database, readTables),
    placed: async (database, table, kept) =>
      await withLine(database, async (line) => await placedRows(line, table, kept)),
    rows: async (database, table, columns) =>
      await withLine(database, async (line) => {
        const list = columns.map((name) => `"${name.replaceAll('"', '""')}"::text`).join(', ');
        // rows that a table shows because others inherit from it are theirs
        const [{ only = '' } = {}] = await line.query(
          `select case relkind when 'r' then 'only ' end as only from pg_class where oid = '${table.replaceAll("'", "''")}'::regclass`,
        );
        const rows = await line.query(`select row(${list})::text as row from ${String(only ?? '')}${table} order by 1`);
        return rows.map(({ row }) => String(row));
      }),
    [Symbol.asyncDispose]: async () => await server[Symbol.asyncDispose](),
  };
}

/** Asks the server itself: each row is put in, and only that no partition takes it counts. */
async function placedRows(line: Line, table: string, { columns, rows }: KeptRows): Promise<readonly string[]> {
  const list = columns.map((name) => `"${name.replaceAll('"', '""')}"`).join(', ');
  await line.query(`begin; set local session_replication_role = replica`);
  await line.query(`create temporary table kept_row as select ${list} from ${table} with no data`);
  const placed: string[] = [];
  for (const row of rows) {
    await line.query('savepoint here');
    const text = row.replaceAll("'", "''");
    const put = `insert into ${table} (${list}) overriding system value select (('${text}')::pg_temp.kept_row).*`;
    const failure = await line.query(put).then(
      () => '',
      (error: unknown) => String(error),
    );
    if (!failure.includes('no partition of relation')) placed.push(row);
    await line.query('rollback to savepoint here');
  }
  await line.query('rollback');
  return placed;
}

/** A database with a subscription cannot be dropped. */
async function dropSubscriptions(line: Line): Promise<void> {
  const found = await line.query(
    `select quote_ident(subname) as name from pg_subscription where subdbid = (select oid from pg_database where datname = current_database())`,
  );
  for (const { name } of found) {
    await line.query(`alter subscription ${String(name)} disable`);
    await line.query(`alter subscription ${String(name)} set (slot_name = none)`);
    await line.query(`drop subscription ${String(name)}`);
  }
}

/** Roles belong to the server: those of one case would be in the way of the next. */
async function dropRoles(line: Line): Promise<void> {
  const found = await line.query(
    `select quote_ident(rolname) as name from pg_roles where rolname <> current_user and rolname !~ '^pg_'`,
  );
  const names = found.map(({ name }) => String(name)).join(', ');
  if (names === '') return;
  await line.query(`drop owned by ${names} cascade`);
  await line.query(`drop role ${names}`);
}

/** A case signs in some forty times: the old kind of password costs a tenth of the time of the new one. */
async function signInQuickly({ socketDirectory, password }: PrivateServer, line: Line): Promise<void> {
  if (socketDirectory === undefined) return;
  await line.query(`alter role postgres password '${password}'`);
  const file = join(socketDirectory, 'data', 'pg_hba.conf');
  await writeFile(file, (await readFile(file, 'utf8')).replaceAll('scram-sha-256', 'md5'));
  await line.query('select pg_reload_conf()');
}

function createRole(role: string): string {
  return `do $$ begin create role "${role}"; exception when duplicate_object then null; end $$`;
}

async function readTables(line: Line): Promise<ReadonlyMap<string, TableFacts>> {
  const rows = await line.query(`
    select c.oid::regclass::text as name, c.oid::text as identity, c.relkind::text as form, a.attname as column,
           format_type(a.atttypid, a.atttypmod) || coalesce((select string_agg(l.enumlabel, ',' order by l.enumsortorder)
             from pg_enum l where l.enumtypid in (a.atttypid, t.typelem)), '') as type
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      left join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
      left join pg_type t on t.oid = a.atttypid
     where c.relkind in ('r', 'p') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'`);
  const tables = new Map<string, { identity: string; form: string; columns: Map<string, string> }>();
  for (const { name, identity, form, column, type } of rows) {
    const table = tables.get(String(name)) ?? {
      identity: String(identity),
      form: String(form),
      columns: new Map(),
    };
    tables.set(String(name), table);
    if (column !== null) table.columns.set(String(column), String(type));
  }
  return tables;
}
