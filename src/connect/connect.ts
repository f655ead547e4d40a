import type { Settings } from '../config/settings.ts';
import type { Logger } from '../database/logger.ts';
import { openDatabase } from '../database/open-database.ts';
import { planTable } from '../repository/table-plan.ts';
import type { RepositoryOptions } from '../repository/create-repository.ts';
import type { SchemaModule } from '../schema/schema.ts';
import { isTable } from '../schema/table/table.ts';
import { loadDriver } from './load-driver.ts';
import { serviceDatabase, type ServiceDatabase } from './service-session.ts';

export interface ConnectOptions {
  readonly logger?: Logger | undefined;
  readonly repositories?: RepositoryOptions | undefined;
}

/**
 * Connects a service to its database. Fails at once, with the reason, when the server refuses us or when the schema asks
 * for what the engine does not have.
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
  const database = await openDatabase({
    engine: settings.engine,
    driver: await loadDriver(settings.engine, settings.driver),
    target: settings.write,
    readTarget: settings.read,
    pool: settings.pool,
    statementTimeoutMs: settings.statementTimeoutMs,
    echo: settings.echo,
    echoPool: settings.echoPool,
    logger: options.logger,
  });
  try {
    for (const table of Object.values(schema).filter(isTable)) planTable(table, database.dialect);
  } catch (error) {
    await database.close();
    throw error;
  }
  return serviceDatabase(database, options.repositories);
}
