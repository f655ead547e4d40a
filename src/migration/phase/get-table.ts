import { findTable, type Catalog } from '../../catalog/model/catalog.ts';
import { displayName, type ObjectName } from '../../catalog/model/object-name.ts';
import type { Table } from '../../catalog/model/table.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';

/** The table of that name; `CHANGE_INVALID` when the catalog has none. */
export function getTable(name: ObjectName, catalog: Catalog): Table {
  const table = findTable(catalog, name);
  if (table !== undefined) return table;
  throw new RowhouseError('CHANGE_INVALID', `there is no table ${displayName(name)}`, {
    details: { table: displayName(name) },
  });
}
