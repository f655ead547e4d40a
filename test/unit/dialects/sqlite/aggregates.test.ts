import { expect, test } from 'vitest';
import { sqlAggregates } from '../../../../src/driver/sqlite-aggregates.ts';

function result(name: string, values: readonly unknown[]): string | null {
  const { step } = sqlAggregates.find((one) => one.name === name)!;
  return values.reduce<string | null>((state, value) => step(state, value), null);
}

test('sums are exact: beyond 64 bits, of mixed scales, of floats in either spelling', () => {
  expect(result('rowhouse_sum', [9_223_372_036_854_775_807n, 9_223_372_036_854_775_807n])).toBe('18446744073709551614');
  expect(result('rowhouse_sum', ['0.1', '0.2', '-0.30'])).toBe('0.00');
  expect(result('rowhouse_sum', ['-0.05', '0.01'])).toBe('-0.04');
  expect(result('rowhouse_sum', [1e-7, 1e21, 0.5])).toBe('1000000000000000000000.5000001');
});

test('null and what is no number are left out; without a value there is no result', () => {
  expect(result('rowhouse_sum', [null, '1.5', 'x', null])).toBe('1.5');
  expect(result('rowhouse_sum', [])).toBeNull();
  expect(result('rowhouse_max', [null])).toBeNull();
});

test('the least and the greatest are found by number, not by text', () => {
  const values = ['9.5', '10', '-10.25', '-9'];

  expect(result('rowhouse_min', values)).toBe('-10.25');
  expect(result('rowhouse_max', values)).toBe('10');
});
