import { expect, test } from 'vitest';
import { emptyCatalog, type Catalog } from '../../../../src/catalog/model/catalog.ts';
import { sourceNames } from '../../../../src/schema/source/source-names.ts';

function named(...names: readonly { readonly namespace?: string; readonly name: string }[]): Catalog {
  const rest = { uniques: [], foreignKeys: [], checks: [], indexes: [] };
  const columns = ['UserId', 'user_id', '2nd', 'a²'].map((name) => ({
    name,
    type: { kind: 'text' as const },
    nullable: true,
  }));
  return { ...emptyCatalog, tables: names.map((name) => ({ ...name, columns, ...rest })) };
}

test('tables get names that are free: no keyword, no builder, none twice', () => {
  const tables = [{ name: 'class' }, { name: 'index' }, { name: 'Album' }, { namespace: 'old', name: 'album' }];

  const names = sourceNames(named(...tables), ['index']);

  expect(tables.map((table) => names.table(table))).toEqual(['classTable', 'indexTable', 'album', 'albumTable']);
});

test('columns get names that are free and can stand behind a point', () => {
  const names = sourceNames(named({ name: 't' }), []);

  expect(['UserId', 'user_id', '2nd', 'a²'].map((column) => names.column({ name: 't' }, column))).toEqual([
    'userId',
    'userId2',
    '_2nd',
    'a_',
  ]);
});
