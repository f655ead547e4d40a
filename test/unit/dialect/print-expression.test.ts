import { expect, test } from 'vitest';

import type { Expression } from '../../../src/catalog/model/expression.ts';
import { printExpression } from '../../../src/dialect/print-expression.ts';
import { postgresText } from '../../../src/dialects/postgres/text.ts';

const expression: Expression = {
  parts: [
    { kind: 'name', name: 'a "b"' },
    { kind: 'text', text: ' <> ' },
    { kind: 'literal', value: `it's \\ 1` },
  ],
  variants: { mysql: [{ kind: 'text', text: 'for mysql' }] },
};

test('an expression is printed in the quotes of the engine', () => {
  expect(printExpression(expression, postgresText, ['postgresql'])).toBe(`"a ""b""" <> E'it''s \\\\ 1'`);
});

test('text written for an engine or its family goes before the common parts', () => {
  expect(printExpression(expression, postgresText, ['mariadb', 'mysql'])).toBe('for mysql');
});
