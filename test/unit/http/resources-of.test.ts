import { expect, test } from 'vitest';
import { idempotencyTable } from '../../../src/http/idempotency/idempotency-table.ts';
import { resourcesOf } from '../../../src/http/resource/resources-of.ts';
import { books } from '../../integration/http/library.ts';

test('the answers that an API keeps are no resource of it', () => {
  const { resources, left } = resourcesOf({ books, idempotencyKeys: idempotencyTable() });

  expect(resources.map(({ prefix }) => prefix)).toEqual(['/books']);
  expect(left).toEqual([{ table: 'idempotency_key', reason: 'it keeps the answers to others' }]);
});
