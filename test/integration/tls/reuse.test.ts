import { expect, test } from 'vitest';
import { resolveSettings } from '../../../src/config/resolve-settings.ts';
import { connect } from '../../../src/connect/connect.ts';
import type { Database } from '../../../src/database/database.ts';
import { engines } from '../../../src/engines.ts';
import { sql } from '../../../src/sql/sql.ts';
import { startServer } from '../../../src/testing/server/start-server.ts';
import { makeCertificates } from './certificates.ts';

const rounds = 100;

/** Measured between two processes of one machine under load: 15 to 97 times. A network makes it more. */
const leastFactor = 8;

test.each(['postgresql', 'mariadb', 'mysql'] as const)(
  'a kept connection answers about ten times faster than a new one for each statement, or more (%s)',
  async (engine) => {
    await using certificates = await makeCertificates();
    const { ca, right } = certificates;
    await using server = await startServer({ engine, tls: { ...right, ca } });
    const open = async (disabled: boolean): Promise<Database & AsyncDisposable> => {
      const environment = { DATABASE_URL: server.url(), DATABASE_POOL_DISABLED: String(disabled) };
      return await connect({}, resolveSettings(environment, engines));
    };
    await using pooled = await open(false);
    await using unpooled = await open(true);

    const slow: number[] = [];
    const fast: number[] = [];
    // In turns: what else the machine does slows both.
    for (let round = 0; round < rounds; round += 1) {
      slow.push(await timeMs(unpooled));
      fast.push(await timeMs(pooled));
    }

    const [slowMs, fastMs] = [median(slow), median(fast)];
    console.log(`${engine}: ${fastMs.toFixed(2)} ms kept, ${slowMs.toFixed(2)} ms new`);
    expect(slowMs / fastMs).toBeGreaterThan(leastFactor);
  },
);

async function timeMs(database: Database): Promise<number> {
  const startedAt = performance.now();
  await database.query(sql`select 1`);
  return performance.now() - startedAt;
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}
