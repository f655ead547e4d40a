import { expect, test } from 'vitest';
import { fieldsOf, objectOf } from '../../../../src/dialects/postgres/errors/fields.ts';

const columnsOf = (detail: string): unknown => objectOf(fieldsOf({ code: '23505', detail }))['columns'];

test.each([
  ['Key (email)=(ada) already exists.', ['email']],
  ['Key (tenant_id, "the ""Key""")=(7, b) already exists.', ['tenant_id', 'the "Key"']],
  ['Key (tenant_id, lower(email))=(7, ada) already exists.', ['tenant_id', 'email']],
  ['Key (lower((email)::text))=(ada) already exists.', ['email']],
  ['Key (lower("the Key"::text))=(ada) already exists.', ['the Key']],
  ['Key (tenant_id, COALESCE(email, name))=(7, ada) already exists.', undefined],
  ['Key (lower(email || name))=(ada) already exists.', undefined],
  ['Failing row contains (1, ada).', undefined],
])('%s is about the columns %j', (detail, columns) => {
  expect(columnsOf(detail)).toEqual(columns);
});
