import { expect, test } from 'vitest';
import { Consistency } from '../../../src/client/consistency.ts';

test('a token takes the place of those that its request carried', () => {
  const consistency = new Consistency('a');
  const carried = consistency.token;

  consistency.note('b', carried);

  expect(carried).toBe('a');
  expect(consistency.token).toBe('b');
});

test('tokens of requests that were under way together all stay', () => {
  const consistency = new Consistency();

  consistency.note('a', undefined);
  consistency.note('b', undefined);
  consistency.note('b', undefined);

  expect(consistency.token).toBe('a, b');
  consistency.note('c', 'a, b');
  expect(consistency.token).toBe('c');
});

test('no more tokens are kept than a server takes, the newest of them', () => {
  const consistency = new Consistency();

  for (let n = 1; n <= 20; n++) consistency.note(`t${n}`, undefined);

  expect(consistency.token?.split(', ')).toEqual(Array.from({ length: 16 }, (_, at) => `t${at + 5}`));
});

test('an empty text is no token', () => {
  expect(new Consistency('').token).toBeUndefined();
});
