import type { Kysely } from 'kysely';
import type { ServiceDatabase } from '../../../src/connect/service-session.ts';
import type { KyselyDatabase } from '../../../src/kysely/kysely-database.ts';
import { kyselyOf } from '../../../src/kysely/kysely-of.ts';
import type { TestServer } from '../../../src/testing/describe-each-server.ts';
import { schemaDatabase } from '../../../src/testing/schema/schema-database.ts';
import { ada, authors, bob, bookOf, books } from './library.ts';

export const schema = { authors, books };

/** A library of its own: two authors and ten books. */
export interface OpenLibrary extends AsyncDisposable {
  readonly database: ServiceDatabase;
  readonly kysely: Kysely<KyselyDatabase<typeof schema>>;
}

export async function openLibrary(server: TestServer): Promise<OpenLibrary> {
  const opened = await schemaDatabase(server, schema);
  const { database } = opened;
  await database.repository(authors).insertMany([
    { id: ada, fullName: 'Ada', country: 'GB' },
    { id: bob, fullName: 'Bob' },
  ]);
  await database.repository(books).insertMany(Array.from({ length: 10 }, (_, index) => bookOf(index + 1)));
  return {
    database,
    kysely: kyselyOf(database, schema),
    [Symbol.asyncDispose]: async () => await opened[Symbol.asyncDispose](),
  };
}
