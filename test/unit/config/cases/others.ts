import { expect } from 'vitest';
import { url, type Case } from './case.ts';

/** Pool, logs, paths, drivers. */
export const others: readonly Case[] = [
  {
    name: 'defaults',
    environment: { DATABASE_URL: 'sqlite:///app.db' },
    gives: {
      settings: {
        pool: { size: 5, overflow: 10, timeoutMs: 30_000, recycleMs: 300_000, prePing: false, disabled: false },
        connectRetries: { attempts: 5, delayMs: 5000 },
        echo: false,
        echoPool: false,
        environment: 'development',
        migration: {},
      },
    },
  },
  {
    name: 'the pool by the names of the third guide',
    environment: {
      DATABASE_URL: url,
      DATABASE_POOL_SIZE: '20',
      DATABASE_MAX_POOL_OVERFLOW: '30',
      DATABASE_POOL_TIMEOUT: '60',
      DATABASE_POOL_RECYCLE: '3600',
      DATABASE_PRE_POOL_PING: 'TRUE',
      DATABASE_POOL_DISABLED: 'on',
    },
    gives: {
      settings: {
        pool: { size: 20, overflow: 30, timeoutMs: 60_000, recycleMs: 3_600_000, prePing: true, disabled: true },
      },
    },
  },
  {
    name: 'the pool by the names of the second guide',
    environment: { DATABASE_URL: url, SQL_POOL_SIZE: '7', SQL_MAX_OVERFLOW: '0', SQL_POOL_TIMEOUT: '0.5' },
    gives: { settings: { pool: expect.objectContaining({ size: 7, overflow: 0, timeoutMs: 500 }) } },
  },
  {
    name: 'two names of the pool size that agree',
    environment: { DATABASE_URL: url, DB_POOL_SIZE: '10', SQL_POOL_SIZE: ' 10 ' },
    gives: { settings: { pool: expect.objectContaining({ size: 10 }) } },
  },
  {
    name: 'retries',
    environment: { DATABASE_URL: url, DB_MAX_RETRIES: '3', DB_RETRY_DELAY: '0.2' },
    gives: { settings: { connectRetries: { attempts: 3, delayMs: 200 } } },
  },
  {
    name: 'logs',
    environment: { DATABASE_URL: url, DATABASE_ECHO: 'yes', DATABASE_ECHO_POOL: '1' },
    gives: { settings: { echo: true, echoPool: true } },
  },
  {
    name: 'logs by the level, where their own variables say nothing',
    environment: { DATABASE_URL: url, SQLALCHEMY_LOG_LEVEL: '10', DATABASE_ECHO_POOL: 'off' },
    gives: { settings: { echo: true, echoPool: false } },
  },
  {
    name: 'no logs by a higher level',
    environment: { DATABASE_URL: url, SQLALCHEMY_LOG_LEVEL: 'WARNING' },
    gives: { settings: { echo: false, echoPool: false } },
  },
  {
    name: 'where migrations and fixtures are',
    environment: {
      DATABASE_URL: url,
      DATABASE_MIGRATION_CONFIG: 'src/db/rowhouse.config.ts',
      DATABASE_MIGRATION_PATH: 'src/app/db/migrations',
      DATABASE_MIGRATION_DDL_VERSION_TABLE: 'ddl_version',
      DATABASE_FIXTURE_PATH: 'src/app/db/fixtures',
      ENVIRONMENT: 'production',
    },
    gives: {
      settings: {
        migration: {
          config: 'src/db/rowhouse.config.ts',
          path: 'src/app/db/migrations',
          ledgerTable: 'ddl_version',
        },
        fixturePath: 'src/app/db/fixtures',
        environment: 'production',
      },
    },
  },
  {
    name: 'a driver from the URL, by an alias',
    environment: { DATABASE_URL: 'postgresql+asyncpg://a:b@db/x', DB_DRIVER: 'psycopg' },
    gives: { settings: { driver: 'pg' } },
  },
  {
    name: 'a forced driver over the URL',
    environment: { DATABASE_URL: 'sqlite+better-sqlite3:///x.db', DB_FORCE_DRIVER: 'node:sqlite' },
    gives: { settings: { driver: 'node:sqlite' } },
  },
];
