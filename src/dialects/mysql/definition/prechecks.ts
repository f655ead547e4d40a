import type { Change } from '../../../catalog/change/change.ts';
import { findTable, type Catalog } from '../../../catalog/model/catalog.ts';
import { isFilledIn, type Column } from '../../../catalog/model/column.ts';
import type { IndexDefinition } from '../../../catalog/model/index-definition.ts';
import type { Table } from '../../../catalog/model/table.ts';
import type { Precheck } from '../../../dialect/definition.ts';
import { duplicateRows, nullRows, orphanRows, rowsToFill, violatingRows } from '../../../dialect/prechecks.ts';
import { mysqlText } from '../text.ts';
import { expressionText, type DefinitionContext } from './context.ts';
import { narrowing } from './narrowing.ts';
import { checkedTable } from './table-of.ts';

/** Nothing, or the questions of a statement. */
export interface Prechecks {
  readonly prechecks?: readonly Precheck[];
}

/** What to ask about the rows of a table before this change binds them. */
export function prechecksOf(change: Change, context: DefinitionContext): Prechecks {
  return asked(inTheWay(change, context));
}

/** What to ask before columns become a key; they are not null already. */
export function keyPrechecks(table: Table, columns: readonly string[]): Prechecks {
  return asked([duplicateRows(mysqlText, checkedTable(table), columns)]);
}

/** What to ask before a column takes fewer values. */
export function columnPrechecks(table: Table, from: Column, to: Column, { catalog }: DefinitionContext): Prechecks {
  const checked = checkedTable(table);
  const nulls = from.nullable && !to.nullable && to.generated === undefined;
  return asked([...(nulls ? [nullRows(mysqlText, checked, to.name)] : []), ...narrowing(checked, from, to, catalog)]);
}

function asked(prechecks: readonly Precheck[]): Prechecks {
  return prechecks.length === 0 ? {} : { prechecks };
}

function inTheWay(change: Change, context: DefinitionContext): readonly Precheck[] {
  const table = tableBefore(change, context.catalog);
  if (table === undefined) return [];
  const checked = checkedTable(table);
  if (change.kind === 'add-column')
    return isFilledIn(change.column) ? [] : [rowsToFill(mysqlText, checked, change.column.name)];
  if (change.kind === 'add-check' || change.kind === 'alter-check') {
    const { name, expression, notEnforced } = change.check;
    return notEnforced === true ? [] : [violatingRows(mysqlText, checked, expressionText(expression, context), name)];
  }
  if (change.kind === 'add-foreign-key' || change.kind === 'alter-foreign-key')
    return [orphanRows(mysqlText, checked, change.foreignKey)];
  if (change.kind === 'add-unique' || change.kind === 'alter-unique')
    return [duplicateRows(mysqlText, checked, change.unique.columns)];
  if (change.kind === 'create-index' || change.kind === 'alter-index') return duplicatesUnder(table, change.index);
  return [];
}

function tableBefore(change: Change, catalog: Catalog): Table | undefined {
  return 'table' in change && change.kind !== 'create-table' ? findTable(catalog, change.table) : undefined;
}

/** An index with a predicate, an expression or a prefix is left to the server: its keys are no list of columns. */
function duplicatesUnder(table: Table, { unique, where, keys }: IndexDefinition): readonly Precheck[] {
  const columns = keys.flatMap(({ column, prefixLength }) => (prefixLength === undefined ? (column ?? []) : []));
  if (!unique || where !== undefined || columns.length < keys.length) return [];
  return [duplicateRows(mysqlText, checkedTable(table), columns)];
}
