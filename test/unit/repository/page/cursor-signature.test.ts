import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { signCursor } from '../../../../src/repository/page/cursor-signature.ts';

const secrets = ['', 'a', 'ü'.repeat(32), 'x'.repeat(43), 'x'.repeat(64), 'x'.repeat(65), 'y'.repeat(500)];
const payloads = ['', 'abc', 'ŗbc', 'é€😀\ud800', 'z'.repeat(54), 'z'.repeat(55), 'z'.repeat(64), 'z'.repeat(10_000)];

test('the signature of a cursor is the HMAC-SHA-256 of its payload, cut to 128 bits', () => {
  for (const secret of secrets) {
    for (const payload of payloads) {
      const expected = createHmac('sha256', secret).update(payload).digest('base64url').slice(0, 22);
      expect(signCursor(payload, secret)).toBe(expected);
    }
  }
});

test('many secrets do not mix', () => {
  const signatures = Array.from({ length: 300 }, (_, number) => signCursor('payload', `secret ${number}`));

  expect(new Set(signatures).size).toBe(300);
  expect(signCursor('payload', 'secret 0')).toBe(signatures[0]);
});
