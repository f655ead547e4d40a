import type { Catalog } from '../../catalog/model/catalog.ts';
import type { Column } from '../../catalog/model/column.ts';
import { sameName } from '../../catalog/model/object-name.ts';
import type { Table } from '../../catalog/model/table.ts';
import { columnValue } from './column-value.ts';

/** A row that is not inserted yet, by column; null writes null, a column that is not in it is left to the database. */
export type GeneratedRow = ReadonlyMap<string, unknown>;

/** What a row is made of. */
export interface RowRequest {
  readonly table: Table;
  readonly catalog: Catalog;
  /** From 1; what must be unique is made of it. */
  readonly number: number;
  /** False: every column has a value where one can be made. */
  readonly nulls: boolean;
  /** Values that were chosen for columns because the plain ones did not pass. */
  readonly chosen: ReadonlyMap<string, unknown>;
  /** The row that a foreign key is to refer to, in the order of its columns; undefined where there is none. */
  readonly parent: (foreignKey: Table['foreignKeys'][number]) => readonly unknown[] | undefined;
}

/** Makes a row that respects the types, and refers to rows that are there. */
export function makeRow(request: RowRequest): GeneratedRow {
  const { table } = request;
  const row = new Map<string, unknown>();
  for (const column of table.columns.filter(isWritten)) {
    const value = valueOf(column, request);
    if (value !== undefined) row.set(column.name, value);
  }
  for (const foreignKey of table.foreignKeys) refer(row, foreignKey, request);
  return row;
}

function isWritten({ generated, identity }: Column): boolean {
  return generated === undefined && identity === undefined;
}

function valueOf(column: Column, { catalog, number, nulls, chosen }: RowRequest): unknown {
  if (chosen.has(column.name)) return chosen.get(column.name);
  if (nulls && column.nullable && number % 4 === 0) return null;
  return columnValue(column.type, number, catalog);
}

function refer(row: Map<string, unknown>, foreignKey: Table['foreignKeys'][number], request: RowRequest): void {
  const { table, number, nulls } = request;
  const { columns, references } = foreignKey;
  const isNullable = columns.every((name) => table.columns.find((column) => column.name === name)?.nullable === true);
  const own = references.columns.map((name) => row.get(name));
  const isOwn = sameName(references, table) && own.every((value) => value !== undefined && value !== null);
  const skipped = isNullable && nulls && number % 4 === 0;
  const target = skipped ? undefined : (request.parent(foreignKey) ?? (isOwn && !isNullable ? own : undefined));
  for (const [place, name] of columns.entries()) {
    if (target !== undefined) row.set(name, target[place]);
    else if (isNullable) row.set(name, null);
  }
}
