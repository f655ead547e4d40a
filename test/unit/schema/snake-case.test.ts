import { expect, test } from 'vitest';
import { snakeCase } from '../../../src/util/names.ts';

test.each([
  ['createdAt', 'created_at'],
  ['HTTPStatus', 'http_status'],
  ['aBCd', 'a_b_cd'],
  ['line2Text', 'line2_text'],
  ['ID', 'id'],
  ['sha256', 'sha256'],
  ['is_OK', 'is_ok'],
])('the property %s is the column %s', (property, column) => {
  expect(snakeCase(property)).toBe(column);
});
