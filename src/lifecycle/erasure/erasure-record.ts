import { companionTables } from '../../catalog/model/companion-tables.ts';
import { createCatalog } from '../../catalog/change/create-catalog.ts';
import { emptyCatalog } from '../../catalog/model/catalog.ts';
import type { Database } from '../../database/database.ts';
import { isHeld } from '../../database/is-held.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import type { ColumnBuilder } from '../../schema/column/column-builder.ts';
import { uuidv7 } from '../../schema/column/defaults.ts';
import { json, text, timestamptz, uuid, type JsonValue } from '../../schema/column/types.ts';
import { catalogOf } from '../../schema/schema.ts';
import { table, type Table } from '../../schema/table/table.ts';

/** What an erasure leaves behind: that it took place, and no word of whom it was about. */
export interface ErasureRecord {
  /** The plan's name in the project. */
  readonly plan: string;
  /** SHA-256 of the subject, in hexadecimal: whoever knows the subject can find the record. */
  readonly subjectHash: string;
  readonly erasedAt: Date;
  readonly steps: readonly ErasureOutcome[];
}

/** What one step did. */
export interface ErasureOutcome {
  readonly table: string;
  readonly kind: 'delete' | 'anonymise' | 'keep';
  readonly rows: number;
  /** Why rows were kept. */
  readonly reason?: string;
}

/** The records of erasures. */
export const erasures: Table<{
  readonly id: ColumnBuilder<string, 'optional', false>;
  readonly plan: ColumnBuilder<string>;
  readonly subjectHash: ColumnBuilder<string>;
  readonly erasedAt: ColumnBuilder<Date>;
  readonly steps: ColumnBuilder<JsonValue>;
}> = table(companionTables.erasure, {
  id: uuid().primaryKey().default(uuidv7()),
  plan: text({ max: 100 }),
  subjectHash: text({ max: 64 }),
  erasedAt: timestamptz(),
  steps: json(),
});

/** Makes the table of records if it is not there; several may try at once. */
export async function ensureErasureTable(database: Database): Promise<void> {
  await database.pinned(async (session) => {
    const { dialect, connection } = session;
    const probe = { question: 'exists', object: { kind: 'table', name: companionTables.erasure } } as const;
    if (await isHeld(dialect, connection, probe)) return;
    const statements = createCatalog(catalogOf({ erasures })).flatMap((change) =>
      dialect.definition.compile(change, emptyCatalog),
    );
    try {
      for (const { sql } of statements) await session.script(sql);
    } catch (error) {
      if (!RowhouseError.has(error, 'OBJECT_EXISTS')) throw error;
    }
  });
}
