import { expect, test } from 'vitest';
import type { Environment } from '../../../src/config/environment.ts';
import { resolveSettings } from '../../../src/config/resolve-settings.ts';
import { connect } from '../../../src/connect/connect.ts';
import type { ServiceDatabase } from '../../../src/connect/service-session.ts';
import type { Logger } from '../../../src/database/logger.ts';
import { engines } from '../../../src/engines.ts';
import { sql } from '../../../src/sql/sql.ts';
import type { TestServer } from '../../../src/testing/describe-each-server.ts';
import { describeServers } from '../../servers/describe-each-server.ts';

interface Opened extends AsyncDisposable {
  readonly database: ServiceDatabase;
  /** What was written to the log, in order. */
  readonly messages: readonly string[];
}

async function open(server: TestServer, environment: Environment): Promise<Opened> {
  const temporary = await server.database();
  const messages: string[] = [];
  const write = (_fields: object, message: string): void => void messages.push(message);
  const logger: Logger = { debug: write, info: write, warn: write, error: write };
  const settings = resolveSettings(
    { DATABASE_URL: temporary.url, DB_PARAMS: 'sslmode=disable', ...environment },
    engines,
  );
  const database = await connect({}, settings, { logger });
  return {
    database,
    messages,
    async [Symbol.asyncDispose]() {
      await database.close();
      await temporary[Symbol.asyncDispose]();
    },
  };
}

describeServers(['postgresql'], 'a database opened with the settings of the environment', (server) => {
  test('lets no statement of a transaction run longer than DB_STATEMENT_TIMEOUT_MS', async () => {
    await using opened = await open(server, { DB_STATEMENT_TIMEOUT_MS: '150' });
    const { database } = opened;

    const slow = database.transaction(async (transaction) => await transaction.query(sql`select pg_sleep(20)`));
    const patient = database.transaction(async (transaction) => await transaction.query(sql`select pg_sleep(0.3)`), {
      timeoutMs: 10_000,
    });

    await expect(slow).rejects.toMatchObject({ code: 'STATEMENT_TIMEOUT' });
    await expect(patient).resolves.toHaveLength(1);
  });

  test.each([
    ['nothing by default', {}, [false, false]],
    ['SQL with DATABASE_ECHO', { DATABASE_ECHO: 'true' }, [true, false]],
    ['the pool with DATABASE_ECHO_POOL', { DATABASE_ECHO_POOL: 'true' }, [false, true]],
    ['both with SQLALCHEMY_LOG_LEVEL=10', { SQLALCHEMY_LOG_LEVEL: '10' }, [true, true]],
  ] as const)('logs %s', async (_what, environment, expected) => {
    await using opened = await open(server, environment);

    await opened.database.query(sql`select 1`);

    const hasLogged = (start: string): boolean => opened.messages.some((message) => message.startsWith(start));
    expect([hasLogged('statement'), hasLogged('pool: ')]).toEqual(expected);
  });
});
