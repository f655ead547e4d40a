import { expect, test } from 'vitest';
import { describeSpace } from '../../../src/cli/deploy/describe-space.ts';

const plain = { ignoreSpace: false };

test('says what may be written anew and what is free', () => {
  expect(describeSpace({ atMostBytes: 12_345_678, freeBytes: 4_000_000_000 }, plain)).toBe(
    'at most 12.3 MB is written anew, 4 GB is free',
  );
  expect(describeSpace({ atMostBytes: 0, freeBytes: 999 }, plain)).toBe('no table is written anew, 999 B is free');
});

test('says when nobody can see from here what is free', () => {
  expect(describeSpace({ atMostBytes: 1000, freeBytes: undefined }, plain)).toBe(
    'at most 1 kB is written anew; how much is free is not to be seen from here',
  );
});

test('refuses what may not fit, unless that is to be ignored', () => {
  const needed = { atMostBytes: 5_000_000_000, freeBytes: 4_900_000_000 };
  expect(() => describeSpace(needed, plain)).toThrow(
    expect.objectContaining({ code: 'DISK_FULL', hint: expect.stringContaining('--ignore-space') }),
  );
  expect(describeSpace(needed, { ignoreSpace: true })).toContain('4.9 GB is free');
});
