import type { Session } from '../../database/session.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { sql } from '../../sql/sql.ts';
import { brokenRules } from './broken-rules.ts';
import type { HealthCheck } from './health-registry.ts';

/** The database answers `select 1`, and takes requests: a node without its cluster answers that alone. */
export function databaseCheck(database: Pick<Session, 'query' | 'run' | 'dialect'>): HealthCheck {
  return async (signal) => {
    await database.query(sql`select 1`, { signal, idempotent: true });
    const rules = database.dialect.serverRules ?? [];
    const [broken] = await brokenRules(
      database,
      rules.filter(({ readiness }) => readiness === true),
      signal,
    );
    if (broken === undefined) return;
    throw new RowhouseError('SERVER_UNAVAILABLE', `the server answers and takes no requests: ${broken}`, {
      hint: 'ask another node; this one comes back by itself once it reaches the others again',
    });
  };
}
