import type { Settings } from '../config/settings.ts';
import type { Logger } from '../database/logger.ts';
import type { ClientReport } from '../migration/client/report-client.ts';
import type { RepositoryOptions } from '../repository/create-repository.ts';
import type { SchemaModule } from '../schema/schema.ts';
import type { Tenancy } from '../schema/tenant/tenancy.ts';
import { refuseUnknownOption } from '../util/refuse-unknown-option.ts';
import { optionNames } from '../util/unknown-option.ts';
import type { PatienceOptions } from './connect-patiently.ts';
import type { ServiceDatabase } from './service-session.ts';

/** How a service connects, beside its settings. */
export interface ConnectOptions {
  readonly logger?: Logger | undefined;
  /** How tenants are kept apart: what the project says of the service. */
  readonly tenancy?: Tenancy | undefined;
  /** With tenants by row: refuse to start while the database lacks what keeps them apart; true unless said. */
  readonly checkFences?: boolean | undefined;
  readonly repositories?: RepositoryOptions | undefined;
  /**
   * Says which code this process runs, so that `rowhouse up` does not take away what it needs. A report that does not get
   * through is logged; the service goes on.
   */
  readonly report?: ClientReport | undefined;
  /** How often to try while the server cannot be reached; `DB_MAX_RETRIES`, 5, unless said. */
  readonly attempts?: number | undefined;
  /** Told of each attempt that failed and will be repeated. */
  readonly onRetry?: PatienceOptions['onRetry'];
  readonly signal?: AbortSignal | undefined;
}

const known = optionNames<ConnectOptions>({
  logger: true,
  tenancy: true,
  checkFences: true,
  repositories: true,
  report: true,
  attempts: true,
  onRetry: true,
  signal: true,
});

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
  refuseUnknownOption(options, known, 'connect');
  // Fetched when it is needed: a program that only reads definitions starts in half the time.
  const { openService } = await import('./open-service.ts');
  return await openService(schema, settings, options);
}
