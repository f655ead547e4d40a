import { companionTables } from '../../catalog/model/companion-tables.ts';
import type { ColumnBuilder } from '../../schema/column/column-builder.ts';
import { text, timestamptz } from '../../schema/column/types.ts';
import { primaryKey } from '../../schema/table/members.ts';
import { table, type Table } from '../../schema/table/table.ts';

export const seedTableName: string = companionTables.seed;

/** Which seed files were applied, with the hash of what they said then. */
export const appliedSeeds: Table<{
  readonly service: ColumnBuilder<string>;
  readonly file: ColumnBuilder<string>;
  readonly contentHash: ColumnBuilder<string>;
  readonly environment: ColumnBuilder<string>;
  readonly appliedAt: ColumnBuilder<Date>;
}> = table(
  seedTableName,
  {
    service: text({ max: 100 }),
    file: text({ max: 255 }),
    contentHash: text({ max: 64 }),
    environment: text({ max: 100 }),
    appliedAt: timestamptz(),
  },
  (t) => [primaryKey(t.service, t.file)],
);
