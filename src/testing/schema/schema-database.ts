import { contentHash } from '../../catalog/snapshot/content-hash.ts';
import type { Settings } from '../../config/settings.ts';
import { connect } from '../../connect/connect.ts';
import { fromUrl } from '../../connect/from-environment.ts';
import type { ServiceDatabase } from '../../connect/service-session.ts';
import { catalogOf, type SchemaModule } from '../../schema/schema.ts';
import { temporaryDatabase } from '../database/temporary-database.ts';
import type { DatabaseServer } from '../server/private-server.ts';
import { createSchema } from './create-schema.ts';

/** An open database with a schema's tables in it, and nobody else's. */
export interface SchemaDatabase extends AsyncDisposable {
  readonly database: ServiceDatabase;
  readonly url: string;
}

/** What a database with a schema in it begins with. */
export interface SchemaDatabaseOptions {
  /** Loads rows that every copy starts with; part of what is prepared once. */
  readonly seed?: ((database: ServiceDatabase) => Promise<void>) | undefined;
  /** Names what `seed` loads: change it when the seed changes. */
  readonly seedKey?: string | undefined;
  /** Changes the settings of the connection, for instance its pool. */
  readonly settings?: ((settings: Settings) => Settings) | undefined;
}

/**
 * A database of its own with the schema's tables in it: prepared once per schema, copied for each test where the engine
 * can. It is closed and removed with the `await using` block, and what was left open in it is an error.
 *
 * @example
 * ```ts
 * await using shop = await schemaDatabase(server, schema);
 * await shop.database.repository(schema.users).insert({ email: 'ada@example.org' });
 * ```
 */
export async function schemaDatabase(
  server: DatabaseServer,
  schema: SchemaModule,
  options: SchemaDatabaseOptions = {},
): Promise<SchemaDatabase> {
  const { seed, seedKey = '', settings = (given) => given } = options;
  const temporary = await temporaryDatabase(server, {
    ...(seed !== undefined && seedKey === ''
      ? {}
      : { key: `${contentHash(catalogOf(schema)).slice(0, 16)}${seedKey}` }),
    async prepare(url) {
      await using database = await connect(schema, localSettings(url));
      await createSchema(database, schema);
      await seed?.(database);
    },
  });
  const database = await connect(schema, settings(localSettings(temporary.url)));
  return {
    database,
    url: temporary.url,
    async [Symbol.asyncDispose]() {
      await database.close();
      await temporary[Symbol.asyncDispose]();
    },
  };
}

/** Private servers listen on this machine only, so they speak without TLS unless the URL says otherwise. */
export function localSettings(url: string): Settings {
  const { protocol, search } = new URL(url);
  if (protocol.startsWith('sqlite') || /[?&]ssl-?mode=/.test(search)) return fromUrl(url);
  return fromUrl(`${url}${search === '' ? '?' : '&'}sslmode=disable`);
}
