import type { Identity } from '../../../catalog/model/column.ts';
import type { Table } from '../../../catalog/model/table.ts';
import { refuse } from '../refuse.ts';
import { sqliteText } from '../text.ts';
import { conflictText, isOff, isOn } from './table-options.ts';

/**
 * The key that makes a column the row's number. `autoincrement` so that the number of a deleted row is never given again;
 * the table option `autoincrement: false` leaves it out.
 */
export function identityText(table: Table, column: string, { generation, start, increment }: Identity): string {
  const { primaryKey } = table;
  if (primaryKey?.columns.length !== 1 || primaryKey.columns[0] !== column)
    throw refuse(table, column, 'only a primary key of one column can be numbered', 'make it the primary key');
  if (isOn(table, 'withoutRowid'))
    throw refuse(table, column, 'a table without rowid numbers no column', 'leave the option withoutRowid out');
  if (generation === 'always')
    throw refuse(table, column, 'a numbered column takes values too', 'generate it by default instead of always');
  if ((start ?? '1') !== '1' || (increment ?? '1') !== '1')
    throw refuse(table, column, 'numbers start at 1 and grow by 1', 'leave start and increment out');
  const name = primaryKey.name === undefined ? '' : `constraint ${sqliteText.name(primaryKey.name)} `;
  const conflict = conflictText(table, 'primary key');
  return `${name}primary key${conflict}${isOff(table, 'autoincrement') ? '' : ' autoincrement'}`;
}
