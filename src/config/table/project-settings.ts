import type { DefaultedSetting, Setting } from '../setting.ts';
import { choice, flag, list, milliseconds, plainName, text } from '../value-kind.ts';

const logLevels: readonly (readonly [string, number])[] = [
  ['debug', 10],
  ['info', 20],
  ['warning', 30],
  ['error', 40],
  ['critical', 50],
  ['10', 10],
  ['20', 20],
  ['30', 30],
  ['40', 40],
  ['50', 50],
];

/** The rest: what is printed, where the project's files are, the cache. */
export const projectSettings: {
  readonly environment: DefaultedSetting<string>;
  readonly echo: Setting<boolean>;
  readonly echoPool: Setting<boolean>;
  readonly slowStatementMs: Setting<number>;
  readonly logLevel: Setting<number>;
  readonly migrationConfig: Setting<string>;
  readonly migrationPath: Setting<string>;
  readonly ledgerTable: Setting<string>;
  readonly skipDrops: Setting<boolean>;
  readonly includeNamespaces: Setting<readonly string[]>;
  readonly discoverFolders: Setting<readonly string[]>;
  readonly fixturePath: Setting<string>;
  readonly redisUrl: Setting<string>;
  readonly cacheUser: Setting<string>;
  readonly cachePassword: Setting<string>;
} = {
  environment: {
    name: 'environment',
    variables: ['ENVIRONMENT'],
    kind: plainName,
    fallback: 'development',
    about: 'chooses `.env` files, seeds and fixtures',
  },
  echo: { name: 'SQL log', variables: ['DATABASE_ECHO'], kind: flag, about: 'print SQL, never values; off by default' },
  echoPool: {
    name: 'pool log',
    variables: ['DATABASE_ECHO_POOL'],
    kind: flag,
    about: 'print what the pool does; off by default',
  },
  slowStatementMs: {
    name: 'slow statement log',
    variables: ['DATABASE_SLOW_STATEMENT_MS'],
    kind: milliseconds(0, 86_400_000),
    about: 'print every statement that takes longer, with the line that asked for it; off by default',
  },
  logLevel: {
    name: 'log level',
    variables: ['SQLALCHEMY_LOG_LEVEL'],
    kind: choice<number>(logLevels),
    about: '10 switches both logs on where their own variables say nothing',
  },
  migrationConfig: {
    name: 'migration config',
    variables: ['DATABASE_MIGRATION_CONFIG'],
    kind: text,
    about: 'the project file, when it is not the one that is found',
  },
  migrationPath: {
    name: 'migration path',
    variables: ['DATABASE_MIGRATION_PATH'],
    kind: text,
    about: 'the folder of the revisions, over what the project file says',
  },
  ledgerTable: {
    name: 'ledger table',
    variables: ['DATABASE_MIGRATION_DDL_VERSION_TABLE'],
    kind: text,
    about: 'the table that remembers what was applied',
  },
  skipDrops: {
    name: 'skip drops',
    variables: ['MIGRATION_SKIP_DROPS', 'ALEMBIC_SKIP_DROPS'],
    kind: flag,
    about: '`revision --autogenerate` drops no table; off by default',
  },
  includeNamespaces: {
    name: 'included schemas',
    variables: ['MIGRATION_INCLUDE_SCHEMAS', 'ALEMBIC_INCLUDE_SCHEMAS'],
    kind: list,
    about: 'beside the default one, `revision --autogenerate` looks at these alone',
  },
  discoverFolders: {
    name: 'model folders',
    variables: ['MIGRATION_DISCOVER_PACKAGES', 'ALEMBIC_DISCOVER_PACKAGES'],
    kind: list,
    about: 'folders whose modules `revision --autogenerate` adds to the schema',
  },
  fixturePath: { name: 'fixture path', variables: ['DATABASE_FIXTURE_PATH'], kind: text, about: 'the fixtures' },
  redisUrl: { name: 'cache URL', variables: ['REDIS_URL'], kind: text, about: 'the cache that health checks ask' },
  cacheUser: { name: 'cache user', variables: ['CACHE_USER'], kind: text, about: 'completes `REDIS_URL`' },
  cachePassword: {
    name: 'cache password',
    variables: ['CACHE_PASS'],
    kind: text,
    secret: true,
    about: 'completes `REDIS_URL`',
  },
};
