import { describe, expect, test } from 'vitest';
import { canonicalJson } from '../../../../src/catalog/snapshot/canonical-json.ts';
import { sameJson } from '../../../../src/catalog/snapshot/same-json.ts';

const values: readonly unknown[] = [
  null,
  undefined,
  0,
  1,
  '1',
  '',
  true,
  [],
  [1],
  [1, 2],
  [2, 1],
  [[]],
  {},
  { a: 1 },
  { a: '1' },
  { a: null },
  { a: undefined },
  { a: undefined, b: 1 },
  { b: 1 },
  { a: 1, b: 1 },
  { b: 1, a: 1 },
  { 0: 1 },
  { a: { b: [1, { c: null }] } },
  { a: { b: [1, { c: null, d: undefined }] } },
  { toString: 1 },
];

describe('two JSON values', () => {
  test.each(values)('are the same exactly where their canonical text is: %j', (value) => {
    for (const other of values) {
      expect(sameJson(value, other), JSON.stringify(other)).toBe(canonicalJson(value) === canonicalJson(other));
    }
  });
});
