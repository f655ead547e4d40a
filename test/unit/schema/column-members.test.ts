import { expect, test } from 'vitest';
import { integer, text, uuid } from '../../../src/schema/column/types.ts';
import { foreignKey } from '../../../src/schema/table/members.ts';
import { definition, table } from '../../../src/schema/table/table.ts';

test('an index or a unique key of one column is declared with the column', () => {
  const users = table('app_user', {
    id: uuid().primaryKey(),
    email: text({ max: 255 }).unique(),
    name: text({ max: 80 }).index(),
  });

  const { uniques, indexes } = users[definition].catalogTable;

  expect(uniques).toEqual([{ name: 'app_user_email_key', columns: ['email'] }]);
  expect(indexes).toEqual([{ name: 'app_user_name_idx', keys: [{ column: 'name' }], unique: false }]);
});

test('a table is worked out when it is first needed, and once', () => {
  let asked = 0;
  const node = table('node', { id: integer().primaryKey(), parentId: integer().null() }, (t) => [
    foreignKey([t.parentId], () => {
      asked += 1;
      return [t.id];
    }),
  ]);

  const before = asked;
  const first = node[definition].catalogTable;
  const after = asked;

  expect(before).toBe(0);
  expect(after).toBeGreaterThan(0);
  expect(node[definition].catalogTable).toBe(first);
  expect(asked).toBe(after);
});
