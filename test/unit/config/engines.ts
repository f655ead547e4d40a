import type { Engine } from '../../../src/dialect/engine.ts';

/** Three engines as the resolver sees them; nothing here connects. */
export const engines: readonly Engine[] = [
  engine({
    name: 'postgresql',
    schemes: ['postgresql', 'postgres'],
    defaultPort: 5432,
    drivers: [driver('pg', ['asyncpg', 'psycopg', 'psycopg2'], ['pipeline', 'search_path'])],
  }),
  engine({
    name: 'mysql',
    schemes: ['mysql', 'mariadb'],
    defaultPort: 3306,
    drivers: [driver('mysql2', ['pymysql', 'aiomysql'], [])],
  }),
  engine({
    name: 'sqlite',
    schemes: ['sqlite', 'sqlite3', 'file'],
    inFile: true,
    defaultTls: 'disable',
    drivers: [
      driver('better-sqlite3', [], ['mode', 'busy_timeout']),
      driver('node:sqlite', ['node', 'aiosqlite'], ['mode', 'busy_timeout']),
    ],
  }),
];

/** An engine whose driver does not say which parameters it knows. */
export const silentEngine: Engine = engine({
  name: 'duck',
  schemes: ['duck'],
  drivers: [{ name: 'duck', aliases: [], load: never }],
});

function engine(own: Pick<Engine, 'name' | 'schemes' | 'drivers'> & Partial<Engine>): Engine {
  return { inFile: false, defaultTls: 'require', dialect: never, offlineDialect: never, offlineVersions: {}, ...own };
}

function driver(name: string, aliases: readonly string[], parameters: readonly string[]): Engine['drivers'][number] {
  return { name, aliases, parameters, load: never };
}

async function never(): Promise<never> {
  throw new Error('configuration loads nothing');
}
