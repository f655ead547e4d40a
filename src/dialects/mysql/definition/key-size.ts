import type { Column } from '../../../catalog/model/column.ts';
import type { Table } from '../../../catalog/model/table.ts';
import { refuse } from '../refuse.ts';

/** Refuses a column without a greatest length as part of a key. */
export function refuseUnsizedKey(table: Table, column: Column): void {
  if (column.type.kind === 'text')
    throw refuse(table, column.name, 'text without a length cannot be a key', 'give it a length: text({ max: 255 })');
  if (column.type.kind === 'bytes' || column.type.kind === 'json')
    throw refuse(table, column.name, `${column.type.kind} cannot be a key`, 'index a shorter column made from it');
}
