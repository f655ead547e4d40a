import { createCatalog } from '../../catalog/change/create-catalog.ts';
import { emptyCatalog } from '../../catalog/model/catalog.ts';
import type { Database } from '../../database/database.ts';
import { isHeld } from '../../database/is-held.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { catalogOf } from '../../schema/schema.ts';
import { appliedSeeds, seedTableName } from './seed-table.ts';

/** Makes the record of applied seeds if it is not there; several may try at once. */
export async function ensureSeedTable(database: Database): Promise<void> {
  await database.pinned(async (session) => {
    const { dialect, connection } = session;
    const probe = { question: 'exists', object: { kind: 'table', name: seedTableName } } as const;
    if (await isHeld(dialect, connection, probe)) return;
    const statements = createCatalog(catalogOf({ appliedSeeds })).flatMap((change) =>
      dialect.definition.compile(change, emptyCatalog),
    );
    try {
      for (const { sql } of statements) await session.script(sql);
    } catch (error) {
      if (!RowhouseError.has(error, 'OBJECT_EXISTS')) throw error;
    }
  });
}
