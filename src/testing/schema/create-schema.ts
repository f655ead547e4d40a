import { applyChange } from '../../catalog/change/apply.ts';
import { createCatalog } from '../../catalog/change/create-catalog.ts';
import { inlineForeignKeys } from '../../catalog/change/inline-foreign-keys.ts';
import { emptyCatalog } from '../../catalog/model/catalog.ts';
import type { Database } from '../../database/database.ts';
import { catalogOf, type SchemaModule } from '../../schema/schema.ts';

/** Makes everything that a schema defines in an empty database, without revisions and without a ledger. */
export async function createSchema(database: Database, schema: SchemaModule): Promise<void> {
  const { definition } = database.dialect;
  const changes = createCatalog(catalogOf(schema));
  await database.pinned(async (session) => {
    let catalog = emptyCatalog;
    for (const change of definition.inlineForeignKeys === true ? inlineForeignKeys(changes) : changes) {
      for (const { sql } of definition.compile(change, catalog)) await session.script(sql);
      catalog = applyChange(change, catalog);
    }
  });
}
