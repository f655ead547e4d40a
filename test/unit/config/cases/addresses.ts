import { expect } from 'vitest';
import type { Settings } from '../../../../src/config/settings.ts';
import { account, url, type Case } from './case.ts';

/** Where the database is. */
export const addresses: readonly Case[] = [
  {
    name: 'a URL alone',
    environment: { DATABASE_URL: url },
    gives: {
      write: {
        host: 'db',
        port: 5432,
        database: 'shop',
        user: 'app',
        password: 'pw',
        tls: { mode: 'require' },
        connectTimeoutMs: 10_000,
      },
    },
  },
  ...['SQL_URL', 'DB_URL', 'DATABASE_URL', 'DATABASE_URL_PRIVATE', 'PRIVATE_SQL_URL', 'PRIMARY_DB_URL'].flatMap(
    (name): Case[] => [
      { name: `a URL in ${name}`, environment: { [name]: url }, gives: { write: { host: 'db', database: 'shop' } } },
      {
        name: `a URL in the file that ${name}_FILE names`,
        environment: { [`${name}_FILE`]: '/run/secrets/url' },
        files: { '/run/secrets/url': `${url}\n` },
        gives: { write: { host: 'db', password: 'pw', database: 'shop' } },
      },
    ],
  ),
  {
    name: 'a URL from the platform',
    environment: {},
    files: { '/run/secrets/database_url': `${url}\n` },
    gives: { write: { host: 'db', password: 'pw' } },
  },
  {
    name: 'the first of several URLs that are one address',
    environment: {
      DATABASE_URL: 'postgres://app:pw@db/shop?charset=utf8mb4&sslmode=allow',
      SQL_URL: `${url}?sslmode=allow&charset=utf8mb4`,
    },
    gives: { settings: { origins: expect.arrayContaining([origin('write.host', 'SQL_URL')]) } },
  },
  {
    name: 'a password that is raw in one URL and encoded in the other',
    environment: { DATABASE_URL: 'postgres://a:p@s/s@db/x', DB_URL: 'postgres://a:p%40s%2Fs@db/x' },
    gives: { write: { password: 'p@s/s' } },
  },
  {
    name: 'parts alone, the engine the first of the table',
    environment: { DB_HOST: 'db', ...account },
    gives: { write: { host: 'db', port: 5432, database: 'shop', user: 'app', password: 'pw' } },
  },
  {
    name: 'parts with the names of the other guide',
    environment: { DB_TYPE: 'mysql', DB_HOST: 'db', DB_NAME: 'shop', DB_USER: 'app', DB_PASS: 'pw' },
    gives: { settings: { write: { port: 3306, password: 'pw' } } },
  },
  { name: 'parts without a host', environment: account, gives: { write: { host: 'localhost' } } },
  {
    name: 'both names of the password with one value',
    environment: { ...account, DB_PASS: 'pw' },
    gives: { write: { password: 'pw' } },
  },
  {
    name: 'a password from a file, its line end cut and its blanks kept',
    environment: { DB_NAME: 'shop', DB_USER: 'app', DB_PASSWORD_FILE: '/run/secrets/db' },
    files: { '/run/secrets/db': ' pw \r\n' },
    gives: { write: { password: ' pw ' } },
  },
  {
    name: 'a URL completed by parts',
    environment: { DATABASE_URL: 'postgres://app@db/shop', DB_PASSWORD: 'p@w', DB_PORT: '6432', DB_HOST: 'db' },
    gives: { write: { host: 'db', port: 6432, password: 'p@w' } },
  },
  {
    name: 'a URL without a password',
    environment: { DATABASE_URL: 'postgres://app@db/shop' },
    gives: { settings: { write: { user: 'app' } } },
  },
  {
    name: 'an account that needs none over a Unix socket',
    environment: { DB_HOST: '/var/run/postgresql', DB_NAME: 'shop', DB_USER: 'app' },
    gives: { write: { host: '/var/run/postgresql', port: 5432, tls: { mode: 'disable' } } },
  },
  { name: 'a host in brackets', environment: { ...account, DB_HOST: '[::1]' }, gives: { write: { host: '::1' } } },
  {
    name: 'an address without brackets',
    environment: { ...account, DB_HOST: '::1' },
    gives: { write: { host: '::1' } },
  },
  {
    name: 'an engine in a file: a word, as the first guide has it',
    environment: { DB_TYPE: 'sqlite', DB_NAME: 'app_db' },
    gives: { settings: { write: { database: 'app_db.db', tls: { mode: 'disable' }, connectTimeoutMs: 10_000 } } },
  },
  {
    name: 'an engine in a file: a path',
    environment: { DB_TYPE: 'sqlite', DB_NAME: '/var/lib/app.sqlite3' },
    gives: { write: { database: '/var/lib/app.sqlite3' } },
  },
  {
    name: 'an engine in a file: memory',
    environment: { DB_TYPE: 'sqlite', DB_NAME: ':memory:' },
    gives: { write: { database: ':memory:' } },
  },
  {
    name: 'a service moved from a server to a file by one variable',
    environment: { ...account, DB_HOST: 'db', DB_PORT: '5432', DB_TYPE: 'sqlite' },
    gives: { settings: { write: { database: 'shop.db' } } },
  },
  {
    name: 'parameters of the driver',
    environment: { DATABASE_URL: 'sqlite:///app.db?mode=ro', DB_PARAMS: 'busy_timeout=100' },
    gives: { write: { database: 'app.db', parameters: { mode: 'ro', busy_timeout: '100' } } },
  },
  {
    name: 'an empty variable is not set',
    environment: { DATABASE_URL: url, SQL_URL: '', DB_HOST: '', DB_POOL_SIZE: '' },
    gives: { settings: { write: { host: 'db' } } },
  },
];

function origin(setting: string, variable: string): Settings['origins'][number] {
  return { setting, source: { kind: 'variable', name: variable } };
}
