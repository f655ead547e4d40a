import { createServer, type Server } from 'node:net';
import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { RowhouseError } from '../../../src/errors/rowhouse-error.ts';
import { createHealthRegistry } from '../../../src/ops/health/health-registry.ts';
import { redisCheck } from '../../../src/ops/health/redis-check.ts';

const well = async (): Promise<void> => await Promise.resolve();
const ill = async (): Promise<void> => await Promise.reject(new RowhouseError('CONNECTION_FAILED', 'nobody there'));

describe('a health registry', () => {
  test('is healthy when every check is', async () => {
    const health = createHealthRegistry();
    health.add('database', well);

    expect(await health.run()).toEqual({
      status: 'healthy',
      checks: [{ name: 'database', critical: true, ok: true, tookMs: expect.any(Number) }],
    });
  });

  test('is degraded when a check fails that is not critical, and unhealthy when a critical one does', async () => {
    const health = createHealthRegistry();
    health.add('cache', ill, { critical: false });
    expect((await health.run()).status).toBe('degraded');

    health.add('database', ill);
    const report = await health.run();

    expect(report.status).toBe('unhealthy');
    expect(report.checks[1]).toMatchObject({
      name: 'database',
      ok: false,
      code: 'CONNECTION_FAILED',
      error: 'nobody there',
    });
  });

  test('runs checks at the same time and gives up on one that hangs', async () => {
    const health = createHealthRegistry();
    let wasStopped = false;
    const hang = async (signal: AbortSignal): Promise<void> => {
      await once(signal, 'abort');
      wasStopped = true;
      await new Promise(() => undefined);
    };
    for (const name of ['a', 'b', 'c']) health.add(name, hang, { timeoutMs: 400 });
    const startedAt = performance.now();

    const report = await health.run();

    expect(performance.now() - startedAt).toBeLessThan(1_000); // one after the other would take 1,200
    expect(report.checks.map((check) => check.error)).toEqual(Array(3).fill('no answer in 400 ms'));
    expect(wasStopped).toBe(true);
  });

  test('waits until it is healthy, and says what is not when the time is up', async () => {
    const health = createHealthRegistry();
    let runs = 0;
    health.add('late', async () => await ((runs += 1) < 3 ? ill() : well()));

    expect((await health.waitUntilHealthy({ intervalMs: 5 })).status).toBe('healthy');
    expect(runs).toBe(3);
    health.add('never', ill);
    await expect(health.waitUntilHealthy({ timeoutMs: 30, intervalMs: 10 })).rejects.toMatchObject({
      code: 'UNHEALTHY',
      message: 'not healthy after 0.03 s: never',
    });
    await expect(health.waitUntilHealthy({ signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'CANCELLED' });
  });

  test('refuses two checks of one name', () => {
    const health = createHealthRegistry();
    health.add('database', well);

    expect(() => health.add('database', well)).toThrow(expect.objectContaining({ code: 'USAGE' }));
  });
});

describe('the check of a cache', () => {
  test('refuses what is no redis url, without repeating it', () => {
    expect(() => redisCheck('http://user:hush@cache')).toThrow(/not a redis url/);
    expect(() => redisCheck('http://user:hush@cache')).not.toThrow(/hush/);
  });

  test('reads answers that come in pieces', async () => {
    await using cache = await listen(['+PO', 'NG\r\n']);

    await expect(redisCheck(cache.url)(AbortSignal.timeout(1000))).resolves.toBeUndefined();
  });

  test.each([
    ['-NOAUTH Authentication required.\r\n', 'AUTHENTICATION_FAILED'],
    ['-LOADING the dataset\r\n', 'UNHEALTHY'],
  ])('says what %j means', async (answer, code) => {
    await using cache = await listen([answer]);

    await expect(redisCheck(cache.url)(AbortSignal.timeout(1000))).rejects.toMatchObject({ code });
  });

  test('says that nobody is there', async () => {
    const cache = await listen([]);
    await cache[Symbol.asyncDispose]();

    await expect(redisCheck(cache.url)(AbortSignal.timeout(1000))).rejects.toMatchObject({ code: 'CONNECTION_FAILED' });
  });
});

/** A socket that answers anything with these pieces. The real server is met in test/integration. */
async function listen(pieces: readonly string[]): Promise<AsyncDisposable & { url: string }> {
  const server: Server = createServer((socket) => {
    socket.once('data', () => {
      for (const [position, piece] of pieces.entries()) setTimeout(() => socket.write(piece), position * 10);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `redis://127.0.0.1:${port}`,
    [Symbol.asyncDispose]: async () => await new Promise<void>((resolve) => server.close(() => resolve())),
  };
}
