import { expect, test } from 'vitest';
import { erasure, integer, retention, table, timestamptz, type ErasureOptions } from '../../../src/index.ts';

const visits = table('visit', { id: integer().primaryKey(), at: timestamptz() });

test('a retention refuses a mistyped filter, which would be none', () => {
  const options = { by: 'at', olderThan: '30 days', were: { id: 1 } } as const;

  expect(() => retention(visits, options)).toThrow(
    expect.objectContaining({
      code: 'CONFIG_INVALID',
      message: 'retention of table visit has no option were',
      hint: expect.stringContaining('did you mean where?') as string,
    }),
  );
});

test('an erasure refuses a mistyped audit, which nobody would be told of', () => {
  const options = { audits: () => {} } as ErasureOptions;

  expect(() => erasure((step) => [step.delete(visits, () => ({ id: 1 }))], options)).toThrow(
    expect.objectContaining({ code: 'CONFIG_INVALID', message: 'an erasure has no option audits' }),
  );
});
