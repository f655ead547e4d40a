import { expect, test } from 'vitest';
import { hashPassword, isPassword } from '../../../examples/todo/password.ts';

test('a password is known by its hash, another one is not', async () => {
  const kept = await hashPassword('correct horse');

  expect(kept).not.toContain('horse');
  expect(await isPassword('correct horse', kept)).toBe(true);
  expect(await isPassword('correct Horse', kept)).toBe(false);
  expect(await isPassword('correct horse', 'plain$correct horse')).toBe(false);
});
