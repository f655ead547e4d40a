import { expect, test } from 'vitest';
import { momentBefore, parseAge } from '../../../src/lifecycle/age.ts';

const now = new Date('2026-03-31T12:00:00Z');

test.each([
  ['30 minutes', '2026-03-31T11:30:00.000Z'],
  ['1 day', '2026-03-30T12:00:00.000Z'],
  ['2 weeks', '2026-03-17T12:00:00.000Z'],
  ['1 month', '2026-02-28T12:00:00.000Z'],
  ['13 months', '2025-02-28T12:00:00.000Z'],
  ['2 years', '2024-03-31T12:00:00.000Z'],
] as const)('%s before the end of March is %s', (age, moment) => {
  expect(momentBefore(now, age).toISOString()).toBe(moment);
});

test.each(['', 'days', '0 days', '-1 days', '1.5 days', '3 fortnights', '90days'])(
  '%j is no length of time',
  (text) => {
    expect(() => parseAge(text)).toThrow('is no length of time');
  },
);
