import { companionTables } from '../catalog/model/companion-tables.ts';
import type { ColumnBuilder } from '../schema/column/column-builder.ts';
import { bigint, text, timestamptz } from '../schema/column/types.ts';
import { table, type Table } from '../schema/table/table.ts';

export const leaseTableName: string = companionTables.lease;

/** Who may do what until when. `generation` grows by one with each new holder; whoever carries an older one is fenced. */
export const leases: Table<{
  readonly name: ColumnBuilder<string, 'required', false>;
  readonly owner: ColumnBuilder<string>;
  readonly generation: ColumnBuilder<bigint>;
  readonly expiresAt: ColumnBuilder<Date>;
}> = table(leaseTableName, {
  name: text({ max: 150 }).primaryKey(),
  owner: text({ max: 100 }),
  generation: bigint(),
  expiresAt: timestamptz(),
});
