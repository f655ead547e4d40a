import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { captureOrigin } from '../../../src/driver/pool/call-site.ts';
import { createPool, type PoolOptions } from '../../../src/driver/pool/create-pool.ts';
import type { Checkout, Pool } from '../../../src/driver/pool/pool.ts';
import type { PoolEvent } from '../../../src/driver/pool/pool-event.ts';
import { defaultPoolSettings, type PoolSettings } from '../../../src/driver/pool/pool-settings.ts';
import { RowhouseError } from '../../../src/errors/rowhouse-error.ts';
import { MemoryServer } from './memory-server.ts';

function open(settings: Partial<PoolSettings> = {}, options: PoolOptions = {}): { server: MemoryServer; pool: Pool } {
  const server = new MemoryServer();
  return { server, pool: createPool(server.connect, { ...defaultPoolSettings, ...settings }, options) };
}

function openLocal(settings: Partial<PoolSettings> = {}, options: PoolOptions = {}): { pool: Pool } {
  return { pool: createPool(new MemoryServer('local').connect, { ...defaultPoolSettings, ...settings }, options) };
}

async function acquireMany(pool: Pool, count: number): Promise<readonly Checkout[]> {
  return await Promise.all(Array.from({ length: count }, async () => await pool.acquire()));
}

async function failure(promise: Promise<unknown>): Promise<RowhouseError> {
  return await promise.then(
    () => {
      throw new Error('expected a failure');
    },
    (error: RowhouseError) => error,
  );
}

describe('a pool', () => {
  test('opens nothing before somebody asks', () => {
    const { server } = open();

    expect(server.connections).toHaveLength(0);
  });

  test('hands out the connection that came back last', async () => {
    const { pool } = open();
    const [first, second] = await acquireMany(pool, 2);
    second?.release();
    first?.release();

    const again = await pool.acquire();

    expect(again.connection).toBe(first?.connection);
    expect(pool.metrics()).toMatchObject({ opened: 2, idle: 1, inUse: 1 });
  });

  test('opens no more than size and overflow, and closes the overflow when the load is gone', async () => {
    const { server, pool } = open({ size: 2, overflow: 3 });
    const load = Array.from({ length: 20 }, async () => {
      const checkout = await pool.acquire();
      await delay(1);
      checkout.release();
    });

    await Promise.all(load);

    expect(pool.metrics()).toMatchObject({ opened: 5, peakInUse: 5, taken: 20 });
    await expect.poll(() => server.open, { timeout: 3000 }).toBe(2);
  });

  test('serves who waits in the order of asking', async () => {
    const { pool } = open({ size: 1, overflow: 0 });
    const order: number[] = [];
    const callers = Array.from({ length: 200 }, async (_, caller) => {
      const checkout = await pool.acquire();
      order.push(caller);
      await Promise.resolve();
      checkout.release();
    });

    await Promise.all(callers);

    expect(order).toEqual(Array.from({ length: 200 }, (_, caller) => caller));
  });

  test('does not let a newcomer overtake the line', async () => {
    const { pool } = open({ size: 1, overflow: 0 });
    const first = await pool.acquire();
    const waiting = pool.acquire();
    first.release();

    expect(pool.take()).toBeUndefined();
    (await waiting).release();
    expect(pool.take()).toBeDefined();
  });

  test('says who holds the connections when none becomes free in time', async () => {
    const { pool } = open({ size: 1, overflow: 1, timeoutMs: 20 });
    await pool.acquire({ origin: captureOrigin() });
    await delay(5);
    await pool.acquire();

    const error = await failure(pool.acquire());

    expect(error.code).toBe('POOL_EXHAUSTED');
    expect(error.message).toBe('no connection became free in 0.02 s: pool size 1, overflow 1, all 2 in use');
    expect(error.details).toMatchObject({ size: 1, overflow: 1, inUse: 2, waiting: 1 });
    expect(error.details['longestHeld']).toEqual([
      { forMs: expect.any(Number), at: expect.stringMatching(/create-pool\.test\.ts:\d+$/) },
      { forMs: expect.any(Number), at: 'a single statement' },
    ]);
    expect(error.hint).toMatch(/size.*end transactions.*pre-ping.*never closed/);
    expect(pool.metrics()).toMatchObject({ timeouts: 1, waiting: 0 });
  });

  test('lets a caller leave the line by its signal', async () => {
    const { pool } = open({ size: 1, overflow: 0 });
    const held = await pool.acquire();
    const stop = new AbortController();
    const waiting = pool.acquire({ signal: stop.signal });
    stop.abort();

    expect((await failure(waiting)).code).toBe('CANCELLED');
    expect((await failure(pool.acquire({ signal: stop.signal }))).code).toBe('CANCELLED');
    held.release();
    expect(pool.metrics()).toMatchObject({ idle: 1, waiting: 0 });
  });

  test('fails one caller for each connect that fails, and loses no place', async () => {
    const { server, pool } = open({ size: 1, overflow: 1 });
    server.refusals.push(new Error('refused'), new Error('refused'), new Error('refused'));

    const outcomes = await Promise.allSettled(Array.from({ length: 3 }, async () => await pool.acquire()));

    expect(outcomes.map((outcome) => outcome.status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(pool.metrics()).toMatchObject({ pending: 0, connectFailures: 3 });
    expect(await acquireMany(pool, 2)).toHaveLength(2);
  });

  test('replaces a connection that is too old', async () => {
    let now = 0;
    const { server, pool } = open({ recycleMs: 1000 }, { now: () => now });
    (await pool.acquire()).release();
    now = 1000;

    const checkout = await pool.acquire();

    expect(checkout.connection.sessionId).toBe('2');
    expect(server.open).toBe(1);
    now = 2000;
    checkout.release();
    expect(pool.metrics().idle).toBe(0);
  });

  test('asks for a sign of life first when pre-ping is on', async () => {
    const { server, pool } = open({ prePing: true });
    (await pool.acquire()).release();
    server.connections[0]?.lose('unheard');

    const checkout = await pool.acquire();

    expect(checkout.connection.sessionId).toBe('2');
    expect(server.connections[0]).toMatchObject({ pings: 1, isOpen: false });
  });

  test('asks idle connections for a sign of life after one line was lost', async () => {
    const { server, pool } = open({}, {});
    const both = await acquireMany(pool, 3);
    for (const checkout of both) checkout.release();
    await delay(2);
    server.connections[0]?.lose('heard');
    server.connections[2]?.lose('unheard');

    const checkout = await pool.acquire();

    expect(checkout.connection.sessionId).toBe('2');
    expect(server.connections.map((connection) => connection.pings)).toEqual([0, 1, 1]);
    expect(pool.metrics()).toMatchObject({ lost: 1, inUse: 1, idle: 0, opened: 3 });
  });

  test('never takes back a broken or discarded connection', async () => {
    const { server, pool } = open();
    const [broken, discarded, good] = await acquireMany(pool, 3);
    server.connections[0]?.lose('heard');
    broken?.release();
    discarded?.discard();
    good?.release();
    good?.release();

    expect(pool.metrics()).toMatchObject({ idle: 1, inUse: 0 });
    await expect.poll(() => server.open).toBe(1);
  });

  test('keeps nothing when it is disabled', async () => {
    const { server, pool } = open({ disabled: true, size: 1, overflow: 0 });
    const checkouts = await acquireMany(pool, 4);
    for (const checkout of checkouts) checkout.release();

    await expect.poll(() => server.open).toBe(0);
    expect(pool.metrics()).toMatchObject({ opened: 4, closed: 4, idle: 0 });
  });

  test('closes after the last checkout came back, and drops what does not come back', async () => {
    const { server, pool } = open({ size: 1, overflow: 1 });
    const [patient, stuck] = await acquireMany(pool, 2);
    const waiting = failure(pool.acquire());
    const closing = pool.close({ withinMs: 30 });
    patient?.release();

    expect((await waiting).code).toBe('POOL_CLOSED');
    expect(server.connections[1]?.isOpen).toBe(true);
    await closing;

    expect(server.open).toBe(0);
    stuck?.release();
    expect((await failure(pool.acquire())).code).toBe('POOL_CLOSED');
  });

  test('tells what happens', async () => {
    const events: PoolEvent[] = [];
    const { pool } = open({}, { onEvent: (event) => events.push(event) });
    (await pool.acquire()).release();
    await pool.close();

    expect(events.map((event) => event.kind)).toEqual(['opened', 'taken', 'returned', 'closed']);
  });

  test('lends a free connection in this process, counts that, and keeps it free', async () => {
    const { pool } = openLocal();
    expect(pool.lend?.()).toBeUndefined();
    const checkout = await pool.acquire();
    expect(pool.lend?.()).toBeUndefined();
    checkout.release();

    const lent = pool.lend?.();

    expect(lent).toBe(checkout.connection);
    expect(pool.metrics()).toMatchObject({ taken: 2, inUse: 0, idle: 1, peakInUse: 1 });
  });

  test('lends nothing that is across a line, nor what has to be asked or told first', async () => {
    let now = 0;
    const doubtful = openLocal({}, { now: () => now });
    const heard = openLocal({}, { onEvent: () => {} });
    const unheard = openLocal({}, { onEvent: () => {}, isHeard: () => false });
    const asked = openLocal({ prePing: true });
    const closed = openLocal();
    const remote = open();
    const all = [doubtful, heard, unheard, asked, closed, remote];
    for (const { pool } of all) (await pool.acquire()).release();
    now = 1000;
    doubtful.pool.suspect();
    await closed.pool.close();

    const lent = all.filter(({ pool }) => pool.lend?.() !== undefined);

    expect(lent).toEqual([unheard]);
  });

  test('lends a connection that is older than it may be 15 times more at most', async () => {
    let now = 0;
    const { pool } = openLocal({ recycleMs: 1000 }, { now: () => now });
    (await pool.acquire()).release();
    for (let loans = 0; loans < 40; loans++) expect(pool.lend?.()).toBeDefined();
    now = 1000;

    let more = 0;
    while (pool.lend?.() !== undefined) more += 1;

    expect(more).toBeLessThan(16);
    expect((await pool.acquire()).connection.sessionId).toBe('2');
  });
});
