import { findTable } from '../../../catalog/model/catalog.ts';
import { displayName, type ObjectName } from '../../../catalog/model/object-name.ts';
import type { Table } from '../../../catalog/model/table.ts';
import type { CheckedTable } from '../../../dialect/prechecks.ts';
import { RowhouseError } from '../../../errors/rowhouse-error.ts';
import type { DefinitionContext } from './context.ts';

/** The table of that name; `CHANGE_INVALID` when the catalog has none. */
export function tableOf(name: ObjectName, { catalog }: Pick<DefinitionContext, 'catalog'>): Table {
  const table = findTable(catalog, name);
  if (table !== undefined) return table;
  throw new RowhouseError('CHANGE_INVALID', `there is no table ${displayName(name)}`, {
    details: { table: displayName(name) },
  });
}

/** How the rows of a table are named in what stands in the way of a change. */
export function checkedTable({ name, primaryKey }: Table): CheckedTable {
  return { table: { name }, key: primaryKey?.columns ?? [] };
}
