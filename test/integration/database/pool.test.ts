import { describe, expect, test } from 'vitest';
import { sql } from '../../../src/sql/sql.ts';
import type { PoolMetrics } from '../../../src/driver/pool/pool-metrics.ts';
import type { Engine } from '../../../src/dialect/engine.ts';
import { databaseCheck } from '../../../src/ops/health/database-check.ts';
import { createHealthRegistry } from '../../../src/ops/health/health-registry.ts';
import { redisCheck } from '../../../src/ops/health/redis-check.ts';
import { waitForDatabase } from '../../../src/ops/wait/wait-for-database.ts';
import { startServer } from '../../../src/testing/server/start-server.ts';
import { describeEachServer, describeServers } from '../../servers/describe-each-server.ts';
import { connectorFor, openUrl } from './open-url.ts';

describeEachServer('the pool of a database', (server) => {
  test('serves 200 transactions at once with no more connections than allowed', async () => {
    await using temporary = await server.database();
    await using database = await openUrl(temporary.url, { pool: { size: 3, overflow: 2 } });
    await database.execute(sql`create table hit (n integer primary key)`);

    await Promise.all(
      Array.from({ length: 200 }, async (_, n) => {
        await database.transaction(async (transaction) => {
          await transaction.execute(sql`insert into hit values (${n})`);
        });
      }),
    );

    expect(await database.query(sql`select n from hit`)).toHaveLength(200);
    const { peakInUse, opened, inUse } = database.metrics().write;
    expect(Math.max(peakInUse, opened)).toBeLessThanOrEqual(5);
    expect(inUse).toBe(0);
  });

  test('names the line that holds the connection when it runs dry', async () => {
    await using temporary = await server.database();
    await using database = await openUrl(temporary.url, { pool: { size: 1, overflow: 0, timeoutMs: 50 } });
    await using _held = await database.begin();

    await expect(database.begin()).rejects.toMatchObject({
      code: 'POOL_EXHAUSTED',
      message: 'no connection became free in 0.05 s: pool size 1, overflow 0, all 1 in use',
      details: { longestHeld: [{ at: expect.stringMatching(/database\/pool\.test\.ts:\d+$/) }] },
    });
  });

  test('reads and writes at the same time, also where one writes at a time', async () => {
    await using temporary = await server.database();
    await using database = await openUrl(temporary.url);
    await database.execute(sql`create table hit (n integer primary key)`);
    await using writing = await database.begin();
    await writing.execute(sql`insert into hit values (1)`);

    const [seen, replica] = await Promise.all([
      database.query(sql`select n from hit`, { idempotent: true }),
      database.read.query(sql`select n from hit`),
    ]);
    const second = database.transaction(
      async (transaction) => await transaction.execute(sql`insert into hit values (2)`),
    );
    await writing.commit();
    await second;

    expect([seen, replica]).toEqual([[], []]);
    expect(await database.read.query(sql`select n from hit`)).toHaveLength(2);
    await expect(
      database.read.transaction(async (transaction) => await transaction.execute(sql`insert into hit values (3)`)),
    ).rejects.toMatchObject({ code: 'READ_ONLY' });
  });

  test('reads from the replica when there is one', async () => {
    await using temporary = await server.database();
    await using other = await server.database();
    const { target } = await connectorFor(other.url);
    await using replica = await openUrl(other.url);
    await replica.execute(sql`create table only_there (n integer)`);
    await using database = await openUrl(temporary.url, { replicas: [target] });

    expect(await database.read.query(sql`select n from only_there`)).toEqual([]);
    await expect(database.query(sql`select n from only_there`)).rejects.toMatchObject({ code: 'OBJECT_MISSING' });
    expect(database.metrics().replicas).toMatchObject([{ state: 'used', pool: { opened: 1, idle: 1 } }]);
  });

  test('opens and closes a connection each time when it is disabled', async () => {
    await using temporary = await server.database();
    await using database = await openUrl(temporary.url, { pool: { disabled: true } });

    const readMetrics = (): PoolMetrics => database.metrics().read ?? database.metrics().write;
    const { opened } = readMetrics();

    for (let round = 0; round < 3; round += 1) await database.read.query(sql`select 1`);

    expect(readMetrics()).toMatchObject({ opened: opened + 3, closed: opened + 3, idle: 0 });
  });

  test('refuses a server that has become another engine', async () => {
    await using temporary = await server.database();
    const { engine } = await connectorFor(temporary.url);
    let asked = 0;
    const changing: Engine = {
      ...engine,
      async dialect(connection) {
        const dialect = await engine.dialect(connection);
        return (asked += 1) === 1 ? { ...dialect, name: 'another' } : dialect;
      },
    };
    const { driver } = await connectorFor(temporary.url);
    let version = 0;
    await using database = await openUrl(temporary.url, {
      engine: changing,
      pool: { disabled: true },
      driver: {
        ...driver,
        async connect(target) {
          const connection = await driver.connect(target);
          Object.defineProperty(connection, 'serverVersion', {
            value: `${connection.serverVersion}-${(version += 1)}`,
          });
          return connection;
        },
      },
    });

    await expect(database.read.query(sql`select 1`)).rejects.toMatchObject({ code: 'CONFIG_CONFLICT' });
  });

  test('is well when the database is', async () => {
    await using temporary = await server.database();
    const database = await openUrl(temporary.url);
    const health = createHealthRegistry();
    health.add('database', databaseCheck(database));

    expect(await health.run()).toMatchObject({ status: 'healthy' });
    await database.close();
    expect(await health.run()).toMatchObject({ status: 'unhealthy', checks: [{ code: 'POOL_CLOSED' }] });
  });
});

describeServers(['sqlite'], 'a database in memory', (server) => {
  test('is its one connection and outlives everything', async () => {
    const { engine, driver, target } = await connectorFor(server.url('memory'));
    await using database = await openUrl(server.url('memory'), {
      engine,
      driver,
      target: { ...target, database: ':memory:' },
      pool: { recycleMs: 1, disabled: true, size: 9 },
    });
    await database.execute(sql`create table t (n integer)`);
    await database.pinned(async (session) => await session.execute(sql`insert into t values (1)`));
    await database.transaction(async (tx) => await tx.execute(sql`nonsense`)).catch(() => undefined);
    await database.transaction(async (tx) => await tx.execute(sql`insert into t values (2)`));
    const stopped = database.transaction(async (tx) => await tx.execute(sql`insert into t values (3)`), {
      signal: AbortSignal.abort(),
    });

    await expect(stopped).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(await database.query(sql`select n from t`)).toHaveLength(2);
    expect(database.metrics()).toEqual({ write: expect.objectContaining({ opened: 1, idle: 1 }) });
  });
});

describe('waiting for servers', () => {
  test('finds a database that comes up late', async () => {
    await using server = await startServer({ engine: 'postgresql' });
    await server.stop();
    const codes: unknown[] = [];
    const starting: Promise<void>[] = [];

    const result = await waitForDatabase(async () => await openUrl(server.url()), {
      attempts: 50,
      delayMs: 50,
      onAttempt: ({ error }) => {
        codes.push((error as { code: string }).code);
        if (codes.length === 2) starting.push(server.start());
      },
    });
    await Promise.all(starting);

    expect(result.ok).toBe(true);
    expect(codes.slice(0, 2)).toEqual(['CONNECTION_FAILED', 'CONNECTION_FAILED']);
  });

  test('asks a real cache', async () => {
    await using server = await startServer({ engine: 'redis' });
    const health = createHealthRegistry();
    health.add('cache', redisCheck(server.url()), { critical: false });
    health.add('stranger', redisCheck(server.url().replace(/\/\/[^@]*@/, '//')), { critical: false });
    health.add('thief', redisCheck(server.url().replace(/:[^:@/]*@/, ':wrong@')), { critical: false });

    const { status, checks } = await health.run();

    expect(status).toBe('degraded');
    expect(checks.map((check) => check.code ?? 'ok')).toEqual(['ok', 'AUTHENTICATION_FAILED', 'AUTHENTICATION_FAILED']);
  });
});
