import { expect, test } from 'vitest';
import { resolveSettings } from '../../../src/config/resolve-settings.ts';
import { connect } from '../../../src/connect/connect.ts';
import type { Database } from '../../../src/database/database.ts';
import { engines } from '../../../src/engines.ts';
import { sql } from '../../../src/sql/sql.ts';
import { startServer } from '../../../src/testing/server/start-server.ts';
import { makeCertificates } from './certificates.ts';

const rounds = 60;

/** Far below what was measured (75 times and more, 17, 9), so that a busy machine does not decide. A network adds to it. */
const leastFactors = [
  ['postgresql', 3],
  ['mariadb', 3],
  ['mysql', 3],
] as const;

test.each(leastFactors)(
  'a kept connection answers many times faster than a new one for each statement (%s, at least %d times)',
  async (engine, leastFactor) => {
    await using certificates = await makeCertificates();
    const { ca, right } = certificates;
    await using server = await startServer({ engine, tls: { ...right, ca } });
    const open = async (disabled: boolean): Promise<Database & AsyncDisposable> => {
      const environment = { DATABASE_URL: server.url(), DATABASE_POOL_DISABLED: String(disabled) };
      return await connect({}, resolveSettings(environment, engines));
    };
    await using pooled = await open(false);
    await using unpooled = await open(true);

    const newMs = await fastestMs(unpooled);
    const keptMs = await fastestMs(pooled);

    expect(newMs / keptMs).toBeGreaterThan(leastFactor);
  },
);

/** The fastest of many statements: what else the machine does can only add to it. */
async function fastestMs(database: Database): Promise<number> {
  let fastest = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds; round += 1) {
    const startedAt = performance.now();
    await database.query(sql`select 1`);
    fastest = Math.min(fastest, performance.now() - startedAt);
  }
  return fastest;
}
