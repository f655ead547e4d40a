import type { Setting } from '../setting.ts';
import { integer, text } from '../value-kind.ts';

/** Where the database is. `DB_HOST` to `DB_PARAMS` fill in what a URL leaves out. */
export const placeSettings: {
  readonly url: Setting<string>;
  readonly replicaUrl: Setting<string>;
  readonly engine: Setting<string>;
  readonly driver: Setting<string>;
  readonly forcedDriver: Setting<string>;
  readonly host: Setting<string>;
  readonly port: Setting<number>;
  readonly database: Setting<string>;
  readonly user: Setting<string>;
  readonly password: Setting<string>;
  readonly parameters: Setting<string>;
} = {
  url: {
    name: 'database URL',
    variables: ['SQL_URL', 'DB_URL', 'DATABASE_URL', 'DATABASE_URL_PRIVATE', 'PRIVATE_SQL_URL', 'PRIMARY_DB_URL'],
    kind: text,
    about: 'the whole address; `/run/secrets/database_url` may hold it too',
  },
  replicaUrl: {
    name: 'replica URL',
    variables: ['REPLICA_DB_URL'],
    kind: text,
    about:
      'servers that answer reads, with commas between their URLs; account and database come from the primary where one leaves them out',
  },
  engine: {
    name: 'engine',
    variables: ['DB_TYPE', 'DB_DIALECT'],
    kind: text,
    about: '`postgresql`, `mysql`, `sqlite` or another scheme of an engine; the first engine when nobody says',
  },
  driver: {
    name: 'driver',
    variables: ['DB_DRIVER'],
    kind: text,
    about: 'the client library, by its name or an alias; `auto` takes the first that is installed',
  },
  forcedDriver: {
    name: 'forced driver',
    variables: ['DB_FORCE_DRIVER'],
    kind: text,
    about: 'a client library that wins over what a URL or `DB_DRIVER` says',
  },
  host: {
    name: 'host',
    variables: ['DB_HOST'],
    kind: text,
    about: 'a name, an address, or the directory of a Unix socket; `localhost` when nobody says',
  },
  port: {
    name: 'port',
    variables: ['DB_PORT'],
    kind: integer(1, 65_535),
    about: "the engine's own port when nobody says",
  },
  database: {
    name: 'database name',
    variables: ['DB_NAME'],
    kind: text,
    about: 'for an engine in a file: `app` is `app.db`, a path is itself',
  },
  user: { name: 'user', variables: ['DB_USER'], kind: text, about: 'has no default' },
  password: {
    name: 'password',
    variables: ['DB_PASSWORD', 'DB_PASS'],
    kind: text,
    secret: true,
    about: 'has no default',
  },
  parameters: {
    name: 'URL parameters',
    variables: ['DB_PARAMS'],
    kind: text,
    about: 'a query string: `sslmode=verify-full&connect_timeout=5`',
  },
};
