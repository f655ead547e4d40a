import { expect, test } from 'vitest';
import { layOut } from '../../../src/cli/render/lay-out.ts';

test.each([
  ['what fits stays', 'applied aaaa  first', 'applied aaaa  first'],
  ['a sentence goes on further in', 'applied aaaa  the first of many', 'applied aaaa  the\n  first of many'],
  ['an indent is kept', '  the name is taken already', '  the name is taken\n    already'],
  ['a comment in SQL stays one', '-- catalog: a lock for a moment', '-- catalog: a lock\n--   for a moment'],
  [
    'a word that is too long stays whole',
    'see https://example.org/long and on',
    'see\n  https://example.org/long\n  and on',
  ],
  [
    'each line is its own',
    'error: one two three\n  hint: do what it says',
    'error: one two three\n  hint: do what it\n    says',
  ],
  ['a statement stays', 'insert into product (id, name) select id, name from old;', undefined],
  ['a quoted statement stays', '  > insert into product (id, name) select id from old', undefined],
  ['a frame of a stack stays', '    at runCommand (file:///a/b/c.js:10:5) and more', undefined],
  ['blanks without words end too', `${' '.repeat(40)}`, undefined],
])('%s', (_, text, laidOut = text) => {
  expect(layOut(text, 20)).toBe(laidOut);
});

test.each([1, 2, 5])('a terminal of %i columns is no trap', (columns) => {
  expect(layOut('-- catalog: a lock', columns).replaceAll(/\n--   /g, ' ')).toBe('-- catalog: a lock');
});
