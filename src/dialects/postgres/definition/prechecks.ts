import type { Change } from '../../../catalog/change/change.ts';
import { findTable, type Catalog } from '../../../catalog/model/catalog.ts';
import { isFilledIn } from '../../../catalog/model/column.ts';
import type { IndexDefinition } from '../../../catalog/model/index-definition.ts';
import type { Table } from '../../../catalog/model/table.ts';
import type { Precheck } from '../../../dialect/definition.ts';
import { duplicateRows, nullRows, orphanRows, rowsToFill, violatingRows } from '../../../dialect/prechecks.ts';
import { postgresText } from '../text.ts';
import { expressionText } from './expression.ts';
import { checkedTable } from './texts.ts';

/** What to ask about the rows of a table before this change binds them. */
export function prechecksOf(change: Change, before: Catalog): { readonly prechecks: readonly Precheck[] } {
  return { prechecks: [...asked(change, before)] };
}

/** What to ask before columns become a key. */
export function keyPrechecks(
  table: Table,
  columns: readonly string[],
  nullable: readonly string[],
): readonly Precheck[] {
  return [
    ...nullable.map((column) => nullRows(postgresText, checkedTable(table), column)),
    duplicateRows(postgresText, checkedTable(table), columns),
  ];
}

function asked(change: Change, before: Catalog): readonly Precheck[] {
  const table = 'table' in change && change.kind !== 'create-table' ? findTable(before, change.table) : undefined;
  if (table === undefined) return [];
  const checked = checkedTable(table);
  if (change.kind === 'add-column') {
    return isFilledIn(change.column) ? [] : [rowsToFill(postgresText, checked, change.column.name)];
  }
  if (change.kind === 'add-check' || change.kind === 'alter-check') {
    return [violatingRows(postgresText, checked, expressionText(change.check.expression), change.check.name)];
  }
  if (change.kind === 'add-foreign-key' || change.kind === 'alter-foreign-key') {
    return [orphanRows(postgresText, checked, change.foreignKey)];
  }
  if (change.kind === 'add-unique' || change.kind === 'alter-unique') {
    return [duplicateRows(postgresText, checked, change.unique.columns)];
  }
  if (change.kind === 'create-index' || change.kind === 'alter-index') return indexPrechecks(table, change.index);
  return [];
}

/** An index with a predicate or expressions is left to the server: what must be unique is not a list of columns. */
function indexPrechecks(table: Table, { unique, where, keys }: IndexDefinition): readonly Precheck[] {
  const columns = keys.flatMap(({ column }) => column ?? []);
  if (!unique || where !== undefined || columns.length < keys.length) return [];
  return [duplicateRows(postgresText, checkedTable(table), columns)];
}
