import { companionTables } from '../../catalog/model/companion-tables.ts';
import type { ColumnBuilder } from '../../schema/column/column-builder.ts';
import { text, timestamptz } from '../../schema/column/types.ts';
import { table, type Table } from '../../schema/table/table.ts';

export const clientTableName: string = companionTables.client;

/** Which code runs against this database: one row for each process that reports itself, until it ends or is silent for too long. */
export const clients: Table<{
  readonly instance: ColumnBuilder<string, 'required', false>;
  readonly service: ColumnBuilder<string>;
  readonly version: ColumnBuilder<string>;
  readonly revision: ColumnBuilder<string>;
  readonly seenAt: ColumnBuilder<Date>;
}> = table(clientTableName, {
  instance: text({ max: 150 }).primaryKey(),
  service: text({ max: 100 }),
  version: text({ max: 100 }),
  revision: text({ max: 100 }),
  seenAt: timestamptz(),
});
