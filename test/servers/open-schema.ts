import type { Settings } from '../../src/config/settings.ts';
import { connect } from '../../src/connect/connect.ts';
import type { ServiceDatabase } from '../../src/connect/service-session.ts';
import type { SchemaModule } from '../../src/schema/schema.ts';
import type { TestServer } from '../../src/testing/describe-each-server.ts';
import { createSchema } from '../../src/testing/schema/create-schema.ts';
import { localSettings } from '../../src/testing/schema/schema-database.ts';

/** A database of its own on the server with the schema's tables in it. It goes away with the test file's databases. */
export async function openSchema(
  server: TestServer,
  schema: SchemaModule,
  change: (settings: Settings) => Settings = (settings) => settings,
): Promise<ServiceDatabase> {
  const { url } = await server.database();
  const database = await connect(schema, change(localSettings(url)));
  await createSchema(database, schema);
  return database;
}
