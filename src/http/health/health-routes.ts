import type { Session } from '../../database/session.ts';
import type { Reply } from '../reply.ts';
import { json } from '../request/json-response.ts';
import type { Route } from '../router/route.ts';
import { databaseHealth } from './database-health.ts';
import type { HealthReport, HealthSource } from './health-source.ts';

/** Where health routes are, and what they ask. */
export interface HealthOptions {
  /** What readiness depends on; the database alone otherwise. */
  readonly source?: HealthSource | undefined;
  /** Where the connection's status is: `/_sql/health`. */
  readonly path?: string | undefined;
}

/**
 * `/livez`: the process answers, nothing is asked. `/readyz`: every critical check passes. `/_sql/health`: the database
 * connection.
 */
export function healthRoutes(database: Session, options: HealthOptions): readonly Route[] {
  const connection = databaseHealth(database);
  const { source = connection, path = '/_sql/health' } = options;
  return [
    { method: 'GET', path: '/livez', handle: () => Promise.resolve(json(200, { status: 'alive' })) },
    { method: 'GET', path: '/readyz', handle: async () => report(await source.run()) },
    { method: 'GET', path, handle: async () => report(await connection.run()) },
  ];
}

/** Names and times only: an error's text may hold a host or an account. */
function report({ status, checks }: HealthReport): Reply {
  const shown = checks.map(({ name, ok, tookMs }) => ({
    name,
    status: ok ? 'ok' : 'failed',
    tookMs: Math.round(tookMs),
  }));
  return json(status === 'unhealthy' ? 503 : 200, { status, checks: shown });
}
