import { expect, test } from 'vitest';
import { momentText } from '../../../src/http/wire/moment-text.ts';

test.each([
  '2026-11-21T13:45:09.007Z',
  '1969-12-31T23:59:59.999Z',
  '2024-02-29T00:00:00.100Z',
  '0000-01-01T00:00:00.000Z',
  '0099-03-01T04:05:06.070Z',
  '9999-12-31T23:59:59.999Z',
  '-000001-12-31T23:59:59.999Z',
  '+010000-01-01T00:00:00.000Z',
])('%s is written as the language writes it', (text) => {
  expect(momentText(new Date(text))).toBe(text);
});

test('any moment is written as the language writes it', () => {
  const moments = Array.from({ length: 5_000 }, (_, at) => new Date(-62_167_219_200_000 + at * 63_113_851_537));

  expect(moments.map(momentText)).toEqual(moments.map((moment) => moment.toISOString()));
});

test('a date that is none is refused', () => {
  expect(() => momentText(new Date(Number.NaN))).toThrow(RangeError);
});
