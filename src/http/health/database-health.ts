import type { Session } from '../../database/session.ts';
import { sql } from '../../sql/sql.ts';
import type { HealthSource } from './health-source.ts';

/** Longer than any healthy server needs for `select 1`, shorter than the patience of a load balancer's probe. */
const timeoutMs = 2_000;

/** Asks the database for `select 1`. Never throws: a failure is what it reports. */
export function databaseHealth(database: Session): HealthSource {
  return {
    async run() {
      const start = performance.now();
      const ok = await answers(database);
      const checks = [{ name: 'database', ok, tookMs: performance.now() - start }];
      return { status: ok ? 'healthy' : 'unhealthy', checks };
    },
  };
}

async function answers(database: Session): Promise<boolean> {
  try {
    await database.query(sql`select 1`, { signal: AbortSignal.timeout(timeoutMs), idempotent: true });
    return true;
  } catch {
    return false; // whatever it is, the database does not answer
  }
}
