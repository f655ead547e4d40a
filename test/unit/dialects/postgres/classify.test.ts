import { expect, test } from 'vitest';
import { classify } from '../../../../src/dialects/postgres/errors/classify.ts';

const during = { during: 'statement' } as const;
const met = { code: '23505', message: 'duplicate key value violates unique constraint', namesOnly: false };

test('two who make an object of one name at once meet in the catalog: it exists', () => {
  expect(classify({ ...met, schema: 'pg_catalog', table: 'pg_type' }, during)).toBe('OBJECT_EXISTS');
  expect(classify({ ...met, schema: 'public', table: 'person' }, during)).toBe('UNIQUE_VIOLATION');
});
