import { createRequire } from 'node:module';
import { join } from 'node:path';
import { connect } from '../../src/connect/connect.ts';
import { mysqlScript } from '../../src/dialects/mysql/script-syntax.ts';
import { splitStatements } from '../../src/migration/script/split-statements.ts';
import { localSettings } from '../../src/testing/schema/schema-database.ts';
import { findInstallations } from '../../src/testing/server/installation.ts';
import { startServer } from '../../src/testing/server/start-server.ts';
import { serverKinds } from '../../src/testing/servers/server-kinds.ts';
import type { Bench, ClientFailure, TableFacts } from './bench.ts';
import type { Case } from './case.ts';
import { measureCopies, type CountingLine } from './measure-copies.ts';
import { dumpMysql } from './mysql-dump.ts';
import { fillMysql } from './mysql-fill.ts';
import type { Cell, Line } from './line.ts';
import { runClient } from './run-client.ts';

type Flavor = 'mysql' | 'mariadb';

/** A private server of MySQL or MariaDB, driven by the client that came with it. */
export async function mysqlBench(flavor: Flavor): Promise<Bench> {
  const server = await startServer({ engine: flavor });
  const [installation] = await findInstallations(serverKinds[flavor]);
  const program = flavor === 'mysql' ? join(installation?.programs ?? '', 'mysql') : 'mariadb';
  const loaded = new Map<string, string>();
  const withLine = async <T>(database: string, work: (line: CountingLine) => Promise<T>): Promise<T> => {
    const connection = await connectTo(server.url(database));
    try {
      return await work({
        query: async (sql) => {
          const [rows] = await connection.query({ sql, typeCast: asText });
          return Array.isArray(rows) ? (rows as readonly Record<string, Cell>[]) : [];
        },
        copied: async (sql) => {
          const [result] = await connection.query({ sql, typeCast: asText });
          return (result as { readonly affectedRows?: number }).affectedRows ?? 0;
        },
      });
    } finally {
      await connection.end();
    }
  };
  const run = async (database: string, sql: string): Promise<ClientFailure | undefined> => {
    const args = [
      '--no-defaults',
      '--comments',
      '--default-character-set=utf8mb4',
      '-h',
      server.host,
      '-P',
      String(server.port),
      '-u',
      server.user,
      database,
    ];
    const { exitCode, stderr } = await runClient(program, args, sql, { MYSQL_PWD: server.password });
    if (exitCode === 0) return undefined;
    const [message = stderr] = /ERROR \d+[^\n]*/.exec(stderr) ?? [];
    return { message };
  };
  const make = async (database: string): Promise<void> =>
    await withLine('mysql', async (line) => {
      await line.query(`create database \`${database}\``);
    });
  return {
    name: flavor === 'mysql' ? 'mysql 9.7' : 'mariadb 10.11',
    refuses: (one) => whyNot(one, flavor),
    make,
    async copy(from, to) {
      // These servers cannot copy a database: its definition is loaded again, and rows are put in by the same words.
      await make(to);
      const sql = loaded.get(from) ?? '';
      loaded.set(to, sql);
      const failure = await run(to, sql);
      if (failure !== undefined) throw new Error(`${from} does not load a second time: ${failure.message}`);
    },
    async drop(databases) {
      await withLine('mysql', async (line) => {
        for (const database of databases) await line.query(`drop database if exists \`${database}\``);
      });
      for (const database of databases) loaded.delete(database);
    },
    async run(database, sql) {
      const failure = await run(database, sql);
      if (failure === undefined && database !== 'work') {
        const text = sql.trimEnd();
        loaded.set(database, `${loaded.get(database) ?? ''}${text}${text.endsWith(';') ? '' : '\n;'}\n`);
      }
      return failure;
    },
    split: (sql) => splitStatements(sql, mysqlScript),
    open: async (database) => await connect({}, localSettings(server.url(database))),
    dump: async (database) => await withLine(database, dumpMysql),
    async fill(database) {
      const statements: string[] = [];
      const empty = await withLine(database, async (line) => await fillMysql(line, (sql) => statements.push(sql)));
      loaded.set(database, [loaded.get(database) ?? '', ...statements.map((sql) => `${sql};`)].join('\n'));
      return empty;
    },
    measure: async (database, segments) =>
      await withLine(database, async (line) => await measureCopies(line, segments)),
    tables: async (database) => await withLine(database, readTables),
    rows: async (database, table, columns) =>
      await withLine(database, async (line) => {
        const list = columns.map((name) => `coalesce(hex(\`${name.replaceAll('`', '``')}\`), '-')`).join(", ' ', ");
        const rows = await line.query(`select concat(${list}) as \`row\` from \`${table}\` order by 1`);
        return rows.map(({ row }) => String(row));
      }),
    [Symbol.asyncDispose]: async () => await server[Symbol.asyncDispose](),
  };
}

function whyNot({ flavor, minVersion, maxVersion }: Case, own: Flavor): string | undefined {
  const fits = flavor === undefined || (flavor.startsWith('!') ? flavor.slice(1) !== own : flavor === own);
  if (!fits) return `it is for ${flavor}`;
  // The versions are those of the product that the case was written for: MariaDB's begin at 10, MySQL's end at 9.
  const version = own === 'mysql' ? 9.7 : 10.11;
  if (maxVersion !== undefined && Number.parseFloat(maxVersion) < version)
    return `it is for versions up to ${maxVersion}`;
  if (minVersion !== undefined && own === 'mysql' && Number.parseFloat(minVersion) > 9.7)
    return `it is for versions from ${minVersion}`;
  return undefined;
}

async function readTables(line: Line): Promise<ReadonlyMap<string, TableFacts>> {
  const rows = await line.query(`
    select t.table_name as name, t.create_time as identity, c.column_name as \`column\`, concat(c.column_type, coalesce(c.collation_name, '')) as type,
           c.generation_expression as generation
      from information_schema.tables t left join information_schema.columns c on c.table_schema = t.table_schema and c.table_name = t.table_name
     where t.table_schema = database() and t.table_type = 'BASE TABLE'`);
  const tables = new Map<string, { identity: string; columns: Map<string, string> }>();
  for (const { name, column, type, generation } of rows) {
    // A changed table may be a copy to these servers: that it was made anew shows in its rows.
    const table = tables.get(String(name)) ?? { identity: '', columns: new Map() };
    tables.set(String(name), table);
    if (column !== null && (generation === null || generation === '')) table.columns.set(String(column), String(type));
  }
  return tables;
}

function asText(field: { string(): string | null }): string | null {
  return field.string();
}

interface MysqlConnection {
  query(options: { readonly sql: string; readonly typeCast: typeof asText }): Promise<readonly [unknown, unknown]>;
  end(): Promise<void>;
}

async function connectTo(url: string): Promise<MysqlConnection> {
  const { hostname, port, username, password, pathname } = new URL(url);
  const { createConnection } = createRequire(import.meta.url)('mysql2/promise') as {
    readonly createConnection: (options: Readonly<Record<string, string | number>>) => Promise<MysqlConnection>;
  };
  return await createConnection({
    host: hostname,
    port: Number(port),
    user: decodeURIComponent(username),
    password: decodeURIComponent(password),
    database: pathname.slice(1),
  });
}
