import type { Settings } from '../config/settings.ts';
import type { Database } from '../database/database.ts';
import { openDatabase } from '../database/open-database.ts';
import type { Driver } from '../driver/driver.ts';
import { planTable } from '../repository/table-plan.ts';
import type { SchemaModule } from '../schema/schema.ts';
import { isTable } from '../schema/table/table.ts';
import { checkTenancy } from '../schema/tenant/check-tenancy.ts';
import { connectPatiently } from './connect-patiently.ts';
import type { ConnectOptions } from './connect.ts';
import { loadDriver } from './load-driver.ts';
import { serviceDatabase, type ServiceDatabase } from './service-session.ts';

/** Opens the database behind `connect`. */
export async function openService(
  schema: SchemaModule,
  settings: Settings,
  options: ConnectOptions,
): Promise<ServiceDatabase> {
  if (options.tenancy !== undefined) checkTenancy(schema, options.tenancy);
  const driver = await loadDriver(settings.engine, settings.driver);
  const database = await connectPatiently(async () => await open(settings, driver, options), {
    attempts: options.attempts ?? settings.connectRetries.attempts,
    delayMs: settings.connectRetries.delayMs,
    onRetry: options.onRetry,
    signal: options.signal,
  });
  try {
    for (const table of Object.values(schema).filter(isTable)) planTable(table, database.dialect);
    await refuseMissingFences(database, schema, options);
  } catch (error) {
    await database.close();
    throw error;
  }
  return serviceDatabase(database, options.repositories, await reportOf(database, options));
}

/** Fetched when it is needed: most services have no tenants. */
async function refuseMissingFences(
  database: Database,
  schema: SchemaModule,
  { tenancy, checkFences = true }: ConnectOptions,
): Promise<void> {
  if (tenancy?.by !== 'row' || !checkFences) return;
  const { tenancyCheck } = await import('../tenancy/fence/tenancy-check.ts');
  await tenancyCheck(database, schema)();
}

/** Fetched when it is needed, as a service may say nothing of itself. */
async function reportOf(database: Database, { report, logger }: ConnectOptions): Promise<AsyncDisposable | undefined> {
  if (report === undefined) return undefined;
  const { reportClient } = await import('../migration/client/report-client.ts');
  return await reportClient(database, report, {
    onFailure: (error) => logger?.warn({ err: error }, 'this process could not report itself to the database'),
  });
}

async function open(settings: Settings, driver: Driver, options: ConnectOptions): Promise<Database> {
  return await openDatabase({
    engine: settings.engine,
    driver,
    target: settings.write,
    replicas: settings.replicas,
    replica: settings.replica,
    pool: settings.pool,
    places: options.tenancy === undefined || options.tenancy.by === 'row' ? undefined : options.tenancy,
    statementTimeoutMs: settings.statementTimeoutMs,
    echo: settings.echo,
    echoPool: settings.echoPool,
    slowStatementMs: settings.slowStatementMs,
    ambient: true,
    logger: options.logger,
  });
}
