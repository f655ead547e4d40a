import type { Session } from '../../database/session.ts';
import { sql } from '../../sql/sql.ts';
import type { HealthCheck } from './health-registry.ts';

/** The database answers `select 1`. */
export function databaseCheck(database: Pick<Session, 'query'>): HealthCheck {
  return async (signal) => {
    await database.query(sql`select 1`, { signal, idempotent: true });
  };
}
