import type { Change } from '../../../catalog/change/change.ts';
import type { Catalog } from '../../../catalog/model/catalog.ts';
import type { Table } from '../../../catalog/model/table.ts';
import type { Dialect } from '../../../dialect/dialect.ts';
import { RowhouseError } from '../../../errors/rowhouse-error.ts';

/** Why the engine cannot have this table; undefined when it can. Asks its compiler, which knows. */
export function whyNot(table: Table, dialect: Dialect, catalog: Catalog): string | undefined {
  const change: Change = { kind: 'create-table', table };
  try {
    dialect.definition.compile(change, catalog);
    return undefined;
  } catch (error) {
    if (!(error instanceof RowhouseError) || error.code === 'INTERNAL') throw error;
    return error.message;
  }
}
