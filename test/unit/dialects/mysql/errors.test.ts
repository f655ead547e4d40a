import { expect, test } from 'vitest';
import { mysqlErrors } from '../../../../src/dialects/mysql/errors.ts';
import { retryOf } from '../../../../src/errors/codes.ts';

const says = (errno: number, sqlMessage: string): unknown =>
  Object.assign(new Error(sqlMessage), { errno, sqlMessage, sqlState: '42S02', code: 'ER_NO_SUCH_TABLE' });

test('a write that met the moment in which a copy took the place of its table is tried again', () => {
  const missed = mysqlErrors.translate(says(1146, "Table 'shop._rowhouse_copy_7e2edf5ba9c4' doesn't exist"), {
    during: 'statement',
  });

  expect(retryOf(missed.code)).toBe('transaction');
});

test('a table that is not there is not looked for again', () => {
  const missing = mysqlErrors.translate(says(1146, "Table 'shop.person' doesn't exist"), { during: 'statement' });

  expect(missing.code).toBe('OBJECT_MISSING');
});
