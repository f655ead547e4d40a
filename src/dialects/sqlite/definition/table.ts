import type { Catalog } from '../../../catalog/model/catalog.ts';
import type { Table } from '../../../catalog/model/table.ts';
import { refuseName } from '../refuse.ts';
import { sqliteText } from '../text.ts';
import { columnDefinition } from './column.ts';
import { foreignKeyDefinition, primaryKeyDefinition, tableChecks, uniqueDefinition } from './constraint.ts';
import { createIndex } from './index-definition.ts';
import { isOn, refuseUnknownOptions } from './table-options.ts';

/** A table with all its constraints, foreign keys too: SQLite cannot add them later. Then its indexes. */
export function createTable(table: Table, catalog: Catalog): readonly string[] {
  refuseName(table);
  refuseUnknownOptions(table);
  const { primaryKey } = table;
  const isNumbered = table.columns.some((column) => column.identity !== undefined);
  const lines = [
    ...table.columns.map((column) => columnDefinition(table, column, catalog)),
    ...(primaryKey === undefined || isNumbered ? [] : [primaryKeyDefinition(table, primaryKey)]),
    ...table.uniques.map((unique) => uniqueDefinition(table, unique)),
    ...tableChecks(table),
    ...table.foreignKeys.map(foreignKeyDefinition),
  ];
  const options = [
    ...(isOn(table, 'strict') ? ['strict'] : []),
    ...(isOn(table, 'withoutRowid') ? ['without rowid'] : []),
  ].join(', ');
  return [
    `create table ${sqliteText.name(table.name)} (\n  ${lines.join(',\n  ')}\n)${options === '' ? '' : ` ${options}`}`,
    ...table.indexes.map((index) => createIndex(table, index)),
  ];
}
