import type { ColumnBuilder } from '../../../schema/column/column-builder.ts';
import { bigint, boolean, text } from '../../../schema/column/types.ts';
import { table, type Table } from '../../../schema/table/table.ts';

/** In the target while a copy is unfinished. */
export const copyTableName = 'rowhouse_copy';

/** How far the copy of each table is, and whether the copy made the table; a row changes in the transaction that writes the rows it counts. */
export const copyProgress: Table<{
  readonly tableName: ColumnBuilder<string, 'required', false>;
  readonly source: ColumnBuilder<string>;
  readonly rowsDone: ColumnBuilder<bigint>;
  readonly lastKey: ColumnBuilder<string | null, 'optional'>;
  readonly state: ColumnBuilder<'open' | 'loaded'>;
  readonly made: ColumnBuilder<boolean>;
}> = table(copyTableName, {
  tableName: text({ max: 190 }).primaryKey(),
  source: text(),
  rowsDone: bigint(),
  lastKey: text().null(),
  state: text({ max: 10 }).as<'open' | 'loaded'>(),
  made: boolean(),
});
