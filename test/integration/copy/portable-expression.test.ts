import { expect, test } from 'vitest';
import { textExpression } from '../../../src/catalog/model/expression.ts';
import { portableExpression } from '../../../src/ops/copy/translate/portable-expression.ts';
import { keyText, keyValues } from '../../../src/ops/copy/progress/key-text.ts';

test.each([
  ['(stars >= 0)', '( stars >= 0 )'],
  ["`stars` in (1,2.5) AND note <> 'it''s'", "stars in ( 1 , 2.5 ) and note <> it's"],
  ['"note" is not null', 'note is not null'],
])('%s means the same everywhere', (text, said) => {
  const portable = portableExpression(textExpression(text), ['stars', 'note']);

  const words = portable?.parts.map((part) =>
    part.kind === 'text' ? part.text : part.kind === 'name' ? part.name : String(part.value),
  );
  expect(words?.join('').trim()).toBe(said);
});

test.each([
  "note ~ 'a'",
  'lower(note) = note',
  "stars = '1'::integer",
  'stars / 2 > 1',
  '"other" = 1',
  "note = 'a\\n'",
])('%s is a word of its engine', (text) => {
  expect(portableExpression(textExpression(text), ['stars', 'note'])).toBeUndefined();
});

test('a key is kept as text and comes back', () => {
  const values = [1, 'a', 2n ** 60n, new Date(5), Buffer.from([0, 255]), true];

  expect(keyValues(keyText(values))).toEqual(values);
});
