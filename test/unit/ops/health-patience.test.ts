import { afterEach, expect, test, vi } from 'vitest';
import { createHealthRegistry } from '../../../src/ops/health/health-registry.ts';

afterEach(() => void vi.restoreAllMocks());

test('a health registry asks every two seconds unless told otherwise', async () => {
  const health = createHealthRegistry();
  const askedAt: number[] = [];
  health.add('late', async () => {
    await Promise.resolve();
    askedAt.push(performance.now());
    if (askedAt.length === 1) throw new Error('not yet');
  });

  await health.waitUntilHealthy();

  const [first = 0, second = 0] = askedAt;
  expect(askedAt).toHaveLength(2);
  expect(second - first).toBeGreaterThanOrEqual(1_990);
  expect(second - first).toBeLessThan(3_000);
});

test('a health registry waits a minute unless told otherwise', async () => {
  const health = createHealthRegistry();
  let isNearTheEnd = false;
  const now = performance.now.bind(performance);
  vi.spyOn(performance, 'now').mockImplementation(() => now() + (isNearTheEnd ? 59_000 : 0));
  let asked = 0;
  health.add('never', async () => {
    await Promise.resolve();
    asked += 1;
    isNearTheEnd = true;
    throw new Error('not yet');
  });

  await expect(health.waitUntilHealthy()).rejects.toMatchObject({ message: 'not healthy after 60 s: never' });

  // A timer may ring a moment before its time by the other clock: then it is asked once more.
  expect([2, 3]).toContain(asked);
});
