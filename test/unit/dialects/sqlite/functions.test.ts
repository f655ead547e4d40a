import { expect, test } from 'vitest';
import { decimalKey } from '../../../../src/driver/decimal-key.ts';
import { sqlFunctions } from '../../../../src/driver/sqlite-functions.ts';

test('keys of decimals are in the order of the numbers', () => {
  const numbers = [
    `-1${'0'.repeat(130)}`,
    '-12.5',
    '-12',
    '-1.5',
    '-1.05',
    '-1',
    '-0.5',
    '-0.05',
    '0',
    '0.05',
    '0.5',
    '1',
    '1.05',
    '1.5',
    '9',
    '10',
    '12.5',
    `1${'0'.repeat(130)}`,
  ];

  const keys = numbers.map((number) => decimalKey(number) ?? '');

  expect(keys.toSorted((a, b) => (a < b ? -1 : 1))).toEqual(keys);
});

test('one number has one key, however it is written', () => {
  expect(new Set(['10', '10.00', '+10', '010', '1e1', '100e-1', 10, 10n].map(decimalKey)).size).toBe(1);
  expect(new Set(['0', '-0', '0.0', '', 'x', null].map(decimalKey))).toEqual(new Set(['p000', null]));
});

test('a like pattern becomes the glob pattern that matches the same', () => {
  const glob = sqlFunctions.find(({ name }) => name === 'rowhouse_glob')?.body;

  expect(glob?.('a%_b')).toBe('a*?b');
  expect(glob?.('\\%\\_\\\\')).toBe('%_\\');
  expect(glob?.('*?[]\\*')).toBe('[*][?][[]][*]');
  expect(glob?.('😀\\😀\\')).toBe('😀😀\\');
  expect(glob?.(null)).toBeNull();
});
