import type { Change } from '../../catalog/change/change.ts';
import type { Catalog } from '../../catalog/model/catalog.ts';
import { getTable } from './get-table.ts';

/** The view that a renamed table leaves under its old name: with the columns that it had before. */
export function aliasOf(
  { table, to }: Extract<Change, { kind: 'rename-table' }>,
  before: Catalog,
): Omit<Extract<Change, { kind: 'alias-table' }>, 'kind'> {
  const columns = getTable(table, before).columns.map(({ name }) => name);
  return { table: { ...table, name: to }, alias: table.name, columns };
}
