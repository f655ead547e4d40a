import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { openCursor, sealCursor, turnCursor } from '../../../../src/repository/page/cursor.ts';

const read = 'the read';
const at = ['s2026-01-01', null, 'n7'];

test('a cursor gives back where it stands, also when many others were made since', () => {
  const cursor = sealCursor({ read, at }, 'secret');
  const fresh = openCursor(cursor, read, 'secret');
  for (let other = 0; other < 5000; other++) sealCursor({ read, at: [`n${other}`] }, 'secret');

  expect(fresh).toEqual({ at, withRow: false });
  expect(openCursor(cursor, read, 'secret')).toEqual(fresh);
});

test('a turned cursor counts the row it stands on, and turned again it does not', () => {
  const cursor = sealCursor({ read, at }, 'secret');
  const turned = turnCursor(cursor);

  expect(openCursor(turned, read, 'secret')).toEqual({ at, withRow: true });
  expect(turnCursor(turned)).toBe(cursor);
});

test('a cursor of this process is refused under another secret, for another read, and when it was changed', () => {
  const cursor = sealCursor({ read, at }, 'secret');

  expect(() => openCursor(cursor, read, 'another')).toThrow('it was not made here, or was changed');
  expect(() => openCursor(cursor, 'another read', 'secret')).toThrow('it belongs to another filter or order');
  expect(() => openCursor(`${cursor}x`, read, 'secret')).toThrow('it was not made here, or was changed');
});

test('a cursor is signed with 128 bits of SHA-3 over the secret and what it holds', () => {
  for (const secret of ['', 'a', 'ü'.repeat(32), 'y'.repeat(500)]) {
    const [payload = '', signature] = sealCursor({ read, at }, secret).split('.');

    const expected = createHash('sha3-256').update(`${secret}.${payload}`).digest('base64url').slice(0, 22);
    expect(signature).toBe(expected);
    expect(JSON.parse(Buffer.from(payload, 'base64url').toString())).toEqual([read, ...at]);
  }
});
