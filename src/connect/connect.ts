import type { Settings } from '../config/settings.ts';
import type { Database } from '../database/database.ts';
import type { Logger } from '../database/logger.ts';
import { openDatabase } from '../database/open-database.ts';
import type { Driver } from '../driver/driver.ts';
import { planTable } from '../repository/table-plan.ts';
import type { RepositoryOptions } from '../repository/create-repository.ts';
import type { SchemaModule } from '../schema/schema.ts';
import { isTable } from '../schema/table/table.ts';
import { connectPatiently, type PatienceOptions } from './connect-patiently.ts';
import { loadDriver } from './load-driver.ts';
import { serviceDatabase, type ServiceDatabase } from './service-session.ts';

export interface ConnectOptions {
  readonly logger?: Logger | undefined;
  readonly repositories?: RepositoryOptions | undefined;
  /** How often to try while the server cannot be reached; `DB_MAX_RETRIES`, 5, unless said. */
  readonly attempts?: number | undefined;
  /** Told of each attempt that failed and will be repeated. */
  readonly onRetry?: PatienceOptions['onRetry'];
  readonly signal?: AbortSignal | undefined;
}

/**
 * Connects a service to its database. A server that cannot be reached is tried again; one that refuses us, or a schema that
 * asks for what the engine does not have, fails at once with the reason.
 *
 * @example
 * ```ts
 * import * as auth from './schema.ts';
 *
 * await using database = await connect(auth, fromEnvironment(process.env));
 * const active = await database.repository(auth.users).list({ where: { active: true } });
 * ```
 */
export async function connect(
  schema: SchemaModule,
  settings: Settings,
  options: ConnectOptions = {},
): Promise<ServiceDatabase> {
  const driver = await loadDriver(settings.engine, settings.driver);
  const database = await connectPatiently(async () => await open(settings, driver, options), {
    attempts: options.attempts ?? settings.connectRetries.attempts,
    delayMs: settings.connectRetries.delayMs,
    onRetry: options.onRetry,
    signal: options.signal,
  });
  try {
    for (const table of Object.values(schema).filter(isTable)) planTable(table, database.dialect);
  } catch (error) {
    await database.close();
    throw error;
  }
  return serviceDatabase(database, options.repositories);
}

async function open(settings: Settings, driver: Driver, options: ConnectOptions): Promise<Database> {
  return await openDatabase({
    engine: settings.engine,
    driver,
    target: settings.write,
    readTarget: settings.read,
    pool: settings.pool,
    statementTimeoutMs: settings.statementTimeoutMs,
    echo: settings.echo,
    echoPool: settings.echoPool,
    logger: options.logger,
  });
}
