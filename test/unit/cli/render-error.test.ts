import { describe, expect, test } from 'vitest';
import { renderError } from '../../../src/cli/render/error.ts';
import { RowhouseError } from '../../../src/errors/rowhouse-error.ts';

describe('rows in the way, as a person reads of them', () => {
  test('are named by their keys, a few of them', () => {
    const keys = Array.from({ length: 10 }, (_, at) => ({ id: String(at + 1) }));

    const text = renderError(inTheWay({ table: 'person', column: 'email', rows: 12, keys }));

    expect(text).toBe(
      [
        'error: person: rows have no email (ROWS_IN_THE_WAY)',
        '  id: 1, 2, 3, 4, 5 and 7 more',
        '  hint: mend these rows',
      ].join('\n'),
    );
  });

  test.each([
    ['a number', { rows: 1, keys: [{ id: 7 }] }, '  id: 7'],
    [
      'several columns',
      {
        rows: 2,
        keys: [
          { purchase: 1, line: 2n },
          { purchase: 1, line: 3n },
        ],
      },
      '  (purchase, line): (1, 2), (1, 3)',
    ],
    [
      'text that could be taken for more than it is',
      { rows: 1, keys: [{ code: 'a, b\u001B[2J' }] },
      '  code: "a, b\\u001b[2J"',
    ],
    ['bytes', { rows: 1, keys: [{ id: Uint8Array.of(1, 171) }] }, '  id: 0x01ab'],
    ['more than are counted', { rows: 1000, keys: [{ id: 1 }] }, '  id: 1 and more'],
  ])('whose key is %s', (_, details, line) => {
    expect(renderError(inTheWay(details)).split('\n')[1]).toBe(line);
  });

  test('of a table without a key are counted only', () => {
    expect(renderError(inTheWay({ table: 'log', rows: 3 })).split('\n')[1]).toBe('  hint: mend these rows');
  });
});

function inTheWay(details: Readonly<Record<string, unknown>>): RowhouseError {
  return new RowhouseError('ROWS_IN_THE_WAY', 'person: rows have no email', { details, hint: 'mend these rows' });
}
