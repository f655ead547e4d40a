import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { Database } from '../../../src/database/database.ts';
import type { RowhouseError } from '../../../src/errors/rowhouse-error.ts';
import { sql } from '../../../src/sql/sql.ts';
import { startServer } from '../../../src/testing/server/start-server.ts';
import { describeServers } from '../../servers/describe-each-server.ts';
import { openUrl } from './open-url.ts';

/** Callers that hold a connection for 200 ms at the same time; gives the errors of those that got none. */
async function load(database: Database, callers: number): Promise<readonly RowhouseError[]> {
  const outcomes = await Promise.allSettled(
    Array.from({ length: callers }, async () => await database.transaction(async () => await delay(200))),
  );
  return outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason as RowhouseError] : []));
}

describeServers(['postgresql-16', 'mariadb'], 'a pool that is too small', (server) => {
  test('says so, and a larger pool or less load is the remedy', async () => {
    await using temporary = await server.database();
    const pool = { overflow: 0, timeoutMs: 100 };
    await using small = await openUrl(temporary.url, { pool: { ...pool, size: 5 } });
    await using large = await openUrl(temporary.url, { pool: { ...pool, size: 20, timeoutMs: 5_000 } });

    const failed = await load(small, 20);

    expect(failed).toHaveLength(15);
    expect(failed[0]).toMatchObject({ code: 'POOL_EXHAUSTED', hint: expect.stringMatching(/size/) as string });
    expect(await load(large, 20)).toEqual([]);
    expect(await load(small, 5)).toEqual([]);
  });
});

describe('a server that has no connection left', () => {
  test.each(['postgresql', 'mariadb'] as const)(
    'is told apart from one that is away, with the remedy (%s)',
    async (engine) => {
      await using server = await startServer({ engine, settings: { max_connections: 12 } });
      const pool = { size: 40, overflow: 0 };
      await using database = await openUrl(server.url(), { pool, retries: { connectMs: 0 } });

      const failed = await load(database, 40);

      expect(failed.length).toBeGreaterThan(0);
      expect(failed[0]).toMatchObject({ code: 'TOO_MANY_CONNECTIONS', hint: expect.stringMatching(/pools/) as string });
      expect(await database.query(sql`select 1`)).toHaveLength(1);
    },
  );
});
