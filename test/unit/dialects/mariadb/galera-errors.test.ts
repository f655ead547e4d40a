import { expect, test } from 'vitest';
import { galeraErrors } from '../../../../src/dialects/mariadb/galera-errors.ts';
import { mysqlErrors } from '../../../../src/dialects/mysql/errors.ts';
import { retryOf } from '../../../../src/errors/codes.ts';

const interrupted = Object.assign(new Error('Query execution was interrupted'), {
  errno: 1317,
  sqlState: '70100',
  code: 'ER_QUERY_INTERRUPTED',
});

test('a statement that a node interrupted is tried again', () => {
  const found = galeraErrors.translate(interrupted, { during: 'statement' });

  expect(retryOf(found.code)).toBe('transaction');
  expect(found.details).toMatchObject({ errno: 1317 });
});

test('a commit that a node interrupted is not', () => {
  expect(retryOf(galeraErrors.translate(interrupted, { during: 'commit' }).code)).toBe('never');
});

test('a statement that a server without a cluster interrupted was cancelled by somebody', () => {
  expect(mysqlErrors.translate(interrupted, { during: 'statement' }).code).toBe('CANCELLED');
});
