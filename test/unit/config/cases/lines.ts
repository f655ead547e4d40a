import { account, url, type Case } from './case.ts';

/** How the line behaves, and replicas. */
export const lines: readonly Case[] = [
  {
    name: 'the TLS mode of the URL over the default',
    environment: { DATABASE_URL: `${url}?sslmode=verify-full`, DB_SSLMODE_DEFAULT: 'disable' },
    gives: { write: { tls: { mode: 'verify-full' } } },
  },
  {
    name: 'the TLS mode of DB_PARAMS over the default',
    environment: { DATABASE_URL: url, DB_PARAMS: '?sslmode=disable&connect_timeout=5' },
    gives: { write: { tls: { mode: 'disable' }, connectTimeoutMs: 5000 } },
  },
  {
    name: 'the default TLS mode that is set',
    environment: { DATABASE_URL: url, DB_SSLMODE_DEFAULT: 'prefer' },
    gives: { write: { tls: { mode: 'prefer' } } },
  },
  {
    name: 'certificates',
    environment: {
      DATABASE_URL: `${url}?sslmode=verify-full&sslrootcert=/etc/ca.pem&sslcert=/etc/c.pem&sslkey=/etc/k.pem`,
    },
    gives: { write: { tls: { mode: 'verify-full', ca: '/etc/ca.pem', certificate: '/etc/c.pem', key: '/etc/k.pem' } } },
  },
  {
    name: 'the spelling of another engine',
    environment: { DATABASE_URL: 'mysql://a:b@db/x?ssl-mode=VERIFY_IDENTITY&ssl-ca=/etc/ca.pem&charset=utf8mb4' },
    gives: { write: { tls: { mode: 'verify-full', ca: '/etc/ca.pem' } } },
  },
  {
    name: 'a Unix socket has no TLS',
    environment: {
      DATABASE_URL: 'postgres:///shop?host=/var/run/postgresql',
      ...account,
      DB_SSLMODE_DEFAULT: 'verify-full',
    },
    gives: { write: { host: '/var/run/postgresql', tls: { mode: 'disable' } } },
  },
  {
    name: 'a name for the server to show',
    environment: { DATABASE_URL: `${url}?application_name=auth%20api` },
    gives: { write: { applicationName: 'auth api' } },
  },
  {
    name: 'time limits',
    environment: { DATABASE_URL: url, DB_CONNECT_TIMEOUT: '2.5', DB_STATEMENT_TIMEOUT_MS: '30000' },
    gives: { settings: { statementTimeoutMs: 30_000, write: { connectTimeoutMs: 2500 } } },
  },
  {
    name: 'the other name of the statement timeout',
    environment: { DATABASE_URL: url, SQL_STATEMENT_TIMEOUT: '30000' },
    gives: { settings: { statementTimeoutMs: 30_000 } },
  },
  {
    name: 'the statement timeout in the URL',
    environment: { DATABASE_URL: `${url}?statement_timeout=1500` },
    gives: { settings: { statementTimeoutMs: 1500 } },
  },
  {
    name: 'a replica',
    environment: { PRIMARY_DB_URL: url, REPLICA_DB_URL: 'postgresql://replica:5433', DB_PARAMS: 'sslmode=allow' },
    gives: {
      settings: {
        write: { host: 'db', tls: { mode: 'allow' } },
        replicas: [
          { host: 'replica', port: 5433, database: 'shop', user: 'app', password: 'pw', tls: { mode: 'allow' } },
        ],
      },
    },
  },
  {
    name: 'a replica trusted as much as its primary',
    environment: {
      DATABASE_URL: `${url}?sslmode=verify-full&sslrootcert=/ca.pem`,
      REPLICA_DB_URL: 'postgresql://replica',
    },
    gives: { settings: { replicas: [{ host: 'replica', tls: { mode: 'verify-full', ca: '/ca.pem' } }] } },
  },
  {
    name: 'a replica with a line of its own',
    environment: { DATABASE_URL: `${url}?sslmode=disable`, REPLICA_DB_URL: 'postgresql://replica?sslmode=verify-ca' },
    gives: { settings: { write: { tls: { mode: 'disable' } }, replicas: [{ tls: { mode: 'verify-ca' } }] } },
  },
  {
    name: 'a replica with an account of its own',
    environment: { DATABASE_URL: url, REPLICA_DB_URL: 'postgresql://reader:r@replica/other' },
    gives: { settings: { replicas: [{ database: 'other', user: 'reader', password: 'r' }] } },
  },
  {
    name: 'several replicas, and how far one may be behind',
    environment: {
      DATABASE_URL: url,
      REPLICA_DB_URL: 'postgresql://one:5433, postgresql://r:a,b@two/other?application_name=x',
      REPLICA_MAX_LAG: '2.5',
    },
    gives: {
      settings: {
        replicas: [
          { host: 'one', port: 5433, database: 'shop', user: 'app', password: 'pw' },
          { host: 'two', database: 'other', user: 'r', password: 'a,b' },
        ],
        replica: { maxLagMs: 2500 },
      },
    },
  },
];
