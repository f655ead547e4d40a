import { createCatalog } from '../../src/catalog/change/create-catalog.ts';
import { applyChange } from '../../src/catalog/change/apply.ts';
import { inlineForeignKeys } from '../../src/catalog/change/inline-foreign-keys.ts';
import { emptyCatalog } from '../../src/catalog/model/catalog.ts';
import type { Settings } from '../../src/config/settings.ts';
import { connect } from '../../src/connect/connect.ts';
import { fromUrl } from '../../src/connect/from-environment.ts';
import type { ServiceDatabase } from '../../src/connect/service-session.ts';
import { catalogOf, type SchemaModule } from '../../src/schema/schema.ts';
import type { TestServer } from '../../src/testing/describe-each-server.ts';

/** A database of its own on the server with the schema's tables in it. It goes away with the test file's databases. */
export async function openSchema(
  server: TestServer,
  schema: SchemaModule,
  change: (settings: Settings) => Settings = (settings) => settings,
): Promise<ServiceDatabase> {
  const { url } = await server.database();
  const database = await connect(schema, change(settingsFor(url)));
  await createSchema(database, schema);
  return database;
}

/** Private servers listen on this machine only and speak without TLS unless a test says otherwise. */
export function settingsFor(url: string): Settings {
  const plain =
    url.startsWith('sqlite') || url.includes('sslmode=')
      ? url
      : `${url}${url.includes('?') ? '&' : '?'}sslmode=disable`;
  return fromUrl(plain);
}

/** Makes everything a schema defines. */
export async function createSchema(database: ServiceDatabase, schema: SchemaModule): Promise<void> {
  const { definition } = database.dialect;
  const changes = createCatalog(catalogOf(schema));
  let catalog = emptyCatalog;
  for (const change of definition.inlineForeignKeys === true ? inlineForeignKeys(changes) : changes) {
    for (const { sql } of definition.compile(change, catalog)) await database.run({ sql }, []);
    catalog = applyChange(change, catalog);
  }
}
