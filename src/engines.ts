import type { Dialect, ServerFacts } from './dialect/dialect.ts';
import type { Engine } from './dialect/engine.ts';
import type { Connection } from './driver/connection.ts';
import type { Driver } from './driver/driver.ts';
import { RowhouseError } from './errors/rowhouse-error.ts';

const postgresVersion = '18.0';

const postgresql: Engine = {
  name: 'postgresql',
  schemes: ['postgresql', 'postgres'],
  defaultPort: 5432,
  inFile: false,
  defaultTls: 'require',
  inNamespace: (target, namespace) => {
    const { search_path: others, ...parameters } = target.parameters ?? {};
    const path = [`"${namespace.replaceAll('"', '""')}"`, ...(others === undefined ? [] : [others])].join(', ');
    return { ...target, parameters: { ...parameters, search_path: path } };
  },
  drivers: [
    {
      name: 'pg',
      aliases: ['asyncpg', 'psycopg', 'psycopg2', 'node-postgres'],
      install: 'npm install pg',
      async load(): Promise<Driver | undefined> {
        const { loadPgDriver } = await import('./drivers/pg/driver.ts');
        return await loadPgDriver();
      },
    },
  ],
  async dialect(connection: Connection): Promise<Dialect> {
    const { rows } = await connection.run({ sql: postgresQuestion }, []);
    const [[vector, namespace] = []] = rows;
    const settings = { vector: String(vector), ...(typeof namespace === 'string' ? { namespace } : {}) };
    return await postgresDialect({ version: connection.serverVersion, settings });
  },
  offlineVersions: { postgresql: postgresVersion },
  async offlineDialect(): Promise<Dialect> {
    return await postgresDialect({ version: postgresVersion, settings: {} });
  },
};

/** Of each product that speaks MySQL's protocol. */
const mysqlVersions = { mysql: '9.7.0', mariadb: '11.8.0-MariaDB' };

const mysql: Engine = {
  name: 'mysql',
  schemes: ['mysql', 'mariadb'],
  defaultPort: 3306,
  inFile: false,
  defaultTls: 'require',
  drivers: [
    {
      name: 'mysql2',
      aliases: ['pymysql', 'aiomysql', 'asyncmy'],
      install: 'npm install mysql2',
      async load(): Promise<Driver | undefined> {
        const { loadMysql2Driver } = await import('./drivers/mysql2/driver.ts');
        return await loadMysql2Driver();
      },
    },
  ],
  async dialect(connection: Connection): Promise<Dialect> {
    const { isMariadb, readFacts } = await import('./dialects/mysql/facts.ts');
    const facts = await readFacts(connection);
    return isMariadb(facts.version) ? await mariadbDialect(facts) : await mysqlDialect(facts);
  },
  offlineVersions: mysqlVersions,
  async offlineDialect(variant = 'mysql'): Promise<Dialect> {
    const make = mysqlVariants[variant];
    if (make !== undefined) return await make();
    throw new RowhouseError('ENGINE_UNKNOWN', `there is no variant ${variant} of mysql`, {
      details: { variant },
      hint: `use ${Object.keys(mysqlVariants).join(' or ')}`,
    });
  },
};

/** A typical current server of each product that speaks MySQL's protocol. */
const mysqlVariants: Readonly<Record<string, () => Promise<Dialect>>> = {
  mysql: async () => await mysqlDialect({ version: mysqlVersions.mysql, settings: {} }),
  mariadb: async () => await mariadbDialect({ version: mysqlVersions.mariadb, settings: {} }),
};

const sqliteVersion = '3.53.0';

const sqlite: Engine = {
  name: 'sqlite',
  schemes: ['sqlite', 'sqlite3', 'file'],
  inFile: true,
  defaultTls: 'disable',
  drivers: [
    {
      name: 'better-sqlite3',
      aliases: [],
      install: 'npm install better-sqlite3',
      async load(): Promise<Driver | undefined> {
        const { loadBetterSqlite3Driver } = await import('./drivers/better-sqlite3/driver.ts');
        return await loadBetterSqlite3Driver();
      },
    },
    {
      name: 'node:sqlite',
      aliases: ['node', 'aiosqlite', 'pysqlite'],
      async load(): Promise<Driver | undefined> {
        const { loadNodeSqliteDriver } = await import('./drivers/node-sqlite/driver.ts');
        return await loadNodeSqliteDriver();
      },
    },
  ],
  async dialect(connection: Connection): Promise<Dialect> {
    return await sqliteDialect({ version: connection.serverVersion, settings: {} });
  },
  offlineVersions: { sqlite: sqliteVersion },
  async offlineDialect(): Promise<Dialect> {
    return await sqliteDialect({ version: sqliteVersion, settings: {} });
  },
};

/** Every engine Rowhouse knows. Importing this loads no driver and no dialect: each is fetched when it is asked for. */
export const engines: readonly Engine[] = [postgresql, mysql, sqlite];

/** Has the server pgvector, or could install it? And what is the default namespace of the session? */
const postgresQuestion = `select
  case when exists (select from pg_available_extensions where name = 'vector') then 'available' else 'missing' end,
  current_schema()::text`;

async function postgresDialect(facts: ServerFacts): Promise<Dialect> {
  const { createPostgresDialect } = await import('./dialects/postgres/dialect.ts');
  return createPostgresDialect(facts);
}

async function mysqlDialect(facts: ServerFacts): Promise<Dialect> {
  const { createMysqlDialect } = await import('./dialects/mysql/dialect.ts');
  return createMysqlDialect(facts);
}

async function mariadbDialect(facts: ServerFacts): Promise<Dialect> {
  const { createMariadbDialect } = await import('./dialects/mariadb/dialect.ts');
  return createMariadbDialect(facts);
}

async function sqliteDialect(facts: ServerFacts): Promise<Dialect> {
  const { createSqliteDialect } = await import('./dialects/sqlite/dialect.ts');
  return createSqliteDialect(facts);
}
