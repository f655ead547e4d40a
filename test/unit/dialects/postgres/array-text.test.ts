import { expect, test } from 'vitest';
import { arrayText, parseArrayText } from '../../../../src/dialects/postgres/array-text.ts';

const texts = ['', 'a b', '"', '\\', '\\n', '\\\\n', 'line\nline', '\t', '\u0001', 'NULL', '{1,2}', '😀', '\u2028'];

test('any text comes back from an array', () => {
  for (const text of texts) expect(parseArrayText(arrayText([text]))).toEqual([text]);
  expect(parseArrayText(arrayText([...texts, null]))).toEqual([...texts, null]);
});

test('JSON documents, numbers, booleans and bytes are written as the server reads them', () => {
  expect(arrayText([JSON.stringify({ a: '\n"' }), null])).toBe(String.raw`{"{\"a\":\"\\n\\\"\"}",NULL}`);
  expect(arrayText([1, -2.5, true, null])).toBe('{1,-2.5,true,null}');
  expect(arrayText([Buffer.from([0, 255])])).toBe(String.raw`{"\\x00ff"}`);
});
