import { expect, test } from 'vitest';
import { createPool } from '../../../src/driver/pool/create-pool.ts';
import { defaultPoolSettings } from '../../../src/driver/pool/pool-settings.ts';
import { MemoryServer } from './memory-server.ts';

test('four workers with the default pool open at most 60 connections, 15 each', async () => {
  const server = new MemoryServer();
  const workers = Array.from({ length: 4 }, () =>
    createPool(server.connect, { ...defaultPoolSettings, timeoutMs: 20 }),
  );

  const outcomes = await Promise.allSettled(
    workers.flatMap((pool) => Array.from({ length: 20 }, async () => await pool.acquire())),
  );

  expect(server.open).toBe(60);
  expect(workers.map((pool) => pool.metrics().peakInUse)).toEqual([15, 15, 15, 15]);
  expect(outcomes.filter(({ status }) => status === 'rejected')).toHaveLength(20);
});
