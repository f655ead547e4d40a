import { expect, test } from 'vitest';
import type { Database } from '../../../src/database/database.ts';
import type { PinnedSession } from '../../../src/database/pinned-session.ts';
import { sql } from '../../../src/index.ts';
import { startServer } from '../../../src/testing/server/start-server.ts';
import { until } from '../../../src/testing/server/until.ts';
import { connectorFor, openUrl } from '../../integration/database/open-url.ts';
import { describeGaleraCluster } from '../../servers/galera/describe-galera-cluster.ts';

/** Opens the first node as the primary and the others as its replicas. */
async function open([primary, ...others]: readonly [string, ...string[]], maxLagMs = 600_000): Promise<Database> {
  const replicas = await Promise.all(others.map(async (url) => (await connectorFor(url)).target));
  return await openUrl(primary, { replicas, replica: { checkEveryMs: 100, maxLagMs } });
}

const numbers = async (session: Pick<Database, 'query'>): Promise<readonly unknown[]> =>
  (await session.query<{ n: number }>(sql`select n from hit order by n`, { idempotent: true })).map(({ n }) => n);

const states = (database: Database): string => (database.metrics().replicas ?? []).map(({ state }) => state).join();

/** What others write cannot be seen on the node while the work is done. */
async function whilePaused<T>(url: string, work: () => Promise<T>): Promise<T> {
  await using node = await openUrl(url);
  return await node.pinned(async (session: PinnedSession) => {
    await session.script('flush tables with read lock');
    try {
      return await work();
    } finally {
      await session.script('unlock tables');
    }
  });
}

describeGaleraCluster('nodes of a cluster as replicas of one of them', (cluster) => {
  test('are read from in turn, and with a token only where the write can be seen', async () => {
    await using shared = await cluster.database();
    const [primary, second, third] = shared.urls;
    await using database = await open([primary, second, third]);
    await database.execute(sql`create table hit (n integer primary key)`);
    await numbers(database.read.after(await database.token(), { withinMs: 10_000 }));

    const [blind, seeing, token] = await whilePaused(second, async () => {
      return await whilePaused(third, async () => {
        await database.execute(sql`insert into hit values (7)`);
        const own = await database.token();
        return [await numbers(database.read), await numbers(database.read.after(own, { withinMs: 100 })), own] as const;
      });
    });
    const before = database.metrics().readsOnPrimary;
    const later = await numbers(database.read.after(token, { withinMs: 10_000 }));

    expect(token).toMatch(/^w1\.[\w-]+$/);
    expect([blind, seeing, later]).toEqual([[], [7], [7]]);
    expect(before).toBeGreaterThan(0);
    expect(database.metrics().readsOnPrimary).toBe(before);
  });

  test('see every write behind a token', async () => {
    await using shared = await cluster.database();
    await using database = await open([...shared.urls]);
    await database.execute(sql`create table hit (n integer primary key)`);
    const missed: number[] = [];

    for (let n = 0; n < 300; n += 1) {
      await database.execute(sql`insert into hit values (${n})`);
      const reading = database.read.after(await database.token(), { withinMs: 10_000 });
      const [row] = await reading.query<{ found: unknown }>(sql`select count(*) as found from hit where n = ${n}`);
      if (Number(row?.found) !== 1) missed.push(n);
    }

    expect(missed).toEqual([]);
    expect(database.metrics().readsOnPrimary).toBe(0);
  });

  test('are left alone while they are far behind, or without their cluster', async () => {
    await using shared = await cluster.database();
    const [primary, second, third] = shared.urls;
    await using database = await open([primary, second, third], 500);
    await using node = await openUrl(third);
    const become = async (wanted: string): Promise<string> => {
      await until(() => states(database) === wanted, { withinMs: 60_000 });
      return states(database);
    };
    await database.execute(sql`create table hit (n integer primary key)`);

    expect(await become('used,used')).toBe('used,used');
    await whilePaused(second, async () => {
      await database.execute(sql`insert into hit values (1)`);
      expect(await become('behind,used')).toBe('behind,used');
    });
    expect(await become('used,used')).toBe('used,used');
    await node.execute(sql`set global wsrep_provider_options = 'gmcast.isolate=1'`);
    expect(await become('used,down')).toBe('used,down');
    await node.execute(sql`set global wsrep_provider_options = 'gmcast.isolate=0'`);
    expect(await become('used,used')).toBe('used,used');
  });

  test('are nodes: another server is refused when the database is opened', async () => {
    await using shared = await cluster.database();
    await using alone = await startServer({ engine: 'mariadb' });

    await expect(open([shared.urls[0], alone.url('mysql')])).rejects.toMatchObject({
      code: 'CONFIG_CONFLICT',
      message: expect.stringContaining('the replica is none') as string,
    });
  });
});
