import type { Table } from '../../catalog/model/table.ts';
import type { RowhouseError } from '../../errors/rowhouse-error.ts';
import type { TableDefinition } from '../../schema/table/table.ts';

/** The properties that an error is about: its field, its columns, or those of its constraint. No client can set the tenant. */
export function constraintKeys(error: RowhouseError, table: TableDefinition): readonly string[] {
  return keysOf(error, table).filter((key) => key !== table.roles.tenant?.key);
}

function keysOf(error: RowhouseError, table: TableDefinition): readonly string[] {
  const { field, column, columns, constraint } = error.details;
  if (typeof field === 'string') return table.columns.filter(({ key }) => key === field).map(({ key }) => key);
  if (typeof error.details['table'] === 'string' && error.details['table'] !== table.name) return []; // a hook's write
  const names =
    typeof column === 'string'
      ? [column]
      : Array.isArray(columns)
        ? columns
        : columnsOf(table.catalogTable, typeof constraint === 'string' ? constraint : '');
  return table.columns.filter(({ columnName }) => names.includes(columnName)).map(({ key }) => key);
}

function columnsOf(table: Table, constraint: string): readonly unknown[] {
  const found = [...table.uniques, ...table.foreignKeys].find(({ name }) => name === constraint);
  if (found !== undefined) return found.columns;
  const index = table.indexes.find(({ name }) => name === constraint);
  if (index !== undefined) return index.keys.flatMap(({ column, expression }) => column ?? namesIn(expression));
  return namesIn(table.checks.find(({ name }) => name === constraint)?.expression);
}

function namesIn(expression: Table['checks'][number]['expression'] | undefined): readonly string[] {
  return (expression?.parts ?? []).flatMap((part) => (part.kind === 'name' ? [part.name] : []));
}
