import type { Database } from '../../database/database.ts';
import { makeCatalog } from '../../database/make-catalog.ts';
import { catalogOf, type SchemaModule } from '../../schema/schema.ts';

/** Makes everything that a schema defines in an empty database, without revisions and without a ledger. */
export async function createSchema(database: Database, schema: SchemaModule): Promise<void> {
  await database.pinned(async (session) => await makeCatalog(session, catalogOf(schema)));
}
