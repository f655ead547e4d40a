import { companionTables } from '../../catalog/model/companion-tables.ts';
import type { ColumnBuilder } from '../../schema/column/column-builder.ts';
import { bigint, integer, text } from '../../schema/column/types.ts';
import { primaryKey } from '../../schema/table/members.ts';
import { table, type Table } from '../../schema/table/table.ts';

export const backfillTableName: string = companionTables.backfill;

/** How far each backfill has come that has not ended. `lastKey` is the key of the last row that was passed, as JSON. */
export const backfills: Table<{
  readonly revision: ColumnBuilder<string>;
  readonly checksum: ColumnBuilder<string>;
  readonly direction: ColumnBuilder<string>;
  readonly position: ColumnBuilder<number>;
  readonly lastKey: ColumnBuilder<string>;
  readonly rowsDone: ColumnBuilder<bigint>;
}> = table(
  backfillTableName,
  {
    revision: text({ max: 100 }),
    checksum: text({ max: 64 }),
    direction: text({ max: 10 }),
    position: integer(),
    lastKey: text(),
    rowsDone: bigint(),
  },
  (t) => [primaryKey(t.revision, t.checksum, t.direction, t.position)],
);
