import { expect, test } from 'vitest';
import { cutHeader } from '../../../src/http/resource/include-rows.ts';

test('a relation whose name a header cannot hold is named as in a URL', () => {
  const header = cutHeader({ items: [], cut: new Set(['works.reviews', 'работы']) });

  expect(header).toEqual({ 'include-truncated': 'works.reviews, %D1%80%D0%B0%D0%B1%D0%BE%D1%82%D1%8B' });
  expect(() => new Headers(header)).not.toThrow();
});

test('nothing is said where nothing was cut', () => {
  expect(cutHeader({ items: [], cut: new Set() })).toEqual({});
});
