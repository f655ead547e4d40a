import { expect, test } from 'vitest';
import { connect } from '../../../src/connect/connect.ts';
import { fromUrl } from '../../../src/connect/from-environment.ts';
import type { Database } from '../../../src/database/database.ts';
import { describeServers } from '../../servers/describe-each-server.ts';
import { watchThrottle } from './watched-throttle.ts';

/** More than the 64 at which a server counts as busy. */
const many = 70;

describeServers(['mysql', 'mariadb'], 'a backfill on a busy server', (server) => {
  test('waits while more sessions run than it can serve, and goes on when they are through', async () => {
    await using temporary = await server.database();
    await using database = await open(temporary.url, 2);
    await using others = await open(temporary.url, many);
    await database.pinned(async (session) => {
      const { throttle, asked, askedAgain } = watchThrottle(session);
      const queries = new AbortController();
      const running = Array.from({ length: many }, async () => await keepBusy(others, queries.signal));
      await untilBusy(database);

      let isReady = false;
      const ready = throttle.ready(undefined).then(() => (isReady = true));
      await askedAgain(4);
      expect(isReady).toBe(false);
      queries.abort();
      await Promise.all(running);
      await ready;

      expect(asked()).toBeGreaterThanOrEqual(5);
    });
  });
});

async function open(url: string, connections: number): Promise<Database> {
  const settings = fromUrl(url);
  return await connect(
    {},
    {
      ...settings,
      pool: { ...settings.pool, size: connections },
      write: { ...settings.write, tls: { mode: 'disable' } },
    },
  );
}

async function keepBusy(database: Database, signal: AbortSignal): Promise<void> {
  try {
    await database.run({ sql: 'select sleep(50)' }, [], { signal });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

async function untilBusy(database: Database): Promise<void> {
  const running = async (): Promise<number> => {
    const { rows } = await database.run({ sql: "show global status like 'Threads_running'" }, []);
    return Number(rows[0]?.[1]);
  };
  while ((await running()) <= many) await new Promise((resolve) => setTimeout(resolve, 20));
}
