import { expect, test } from 'vitest';
import { countInstantiations } from './service-fixture.ts';

const budget = 60_000;

test('60 tables and 150 queries cost at most 60,000 type instantiations', () => {
  const instantiations = countInstantiations();

  expect(instantiations).toBeGreaterThan(1_000);
  expect(instantiations).toBeLessThanOrEqual(budget);
}, 60_000);
