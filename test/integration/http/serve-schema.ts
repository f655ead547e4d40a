import { applyChange } from '../../../src/catalog/change/apply.ts';
import { createCatalog } from '../../../src/catalog/change/create-catalog.ts';
import { inlineForeignKeys } from '../../../src/catalog/change/inline-foreign-keys.ts';
import { emptyCatalog } from '../../../src/catalog/model/catalog.ts';
import type { Database } from '../../../src/database/database.ts';
import { createApi, type ApiOptions } from '../../../src/http/create-api.ts';
import type { Resource } from '../../../src/http/resource/resource.ts';
import type { Route } from '../../../src/http/router/route.ts';
import { catalogOf, type SchemaModule } from '../../../src/schema/schema.ts';
import type { TestServer } from '../../../src/testing/describe-each-server.ts';
import { openUrl } from '../database/open-url.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // oxlint-disable-next-line typescript/no-explicit-any -- a test says what it expects of a body
  readonly body: any;
}

/** A database with a schema and an API over it, gone at the end of the block. */
export interface ServedSchema extends AsyncDisposable {
  readonly database: Database;
  /** `type` is the body's media type, or all headers. */
  send(method: string, path: string, body?: unknown, type?: string | Readonly<Record<string, string>>): Promise<Answer>;
}

export async function serveSchema(
  server: TestServer,
  schema: SchemaModule,
  parts: readonly (Resource | Route)[],
  { key, ...options }: ApiOptions & { readonly key?: string } = {},
): Promise<ServedSchema> {
  const prepare = async (url: string): Promise<void> => await createSchema(url, schema);
  const temporary = await server.database({ prepare, ...(key === undefined ? {} : { key }) });
  const database = await openUrl(temporary.url);
  const api = createApi(database, parts, options);
  return {
    database,
    async send(method, path, body, type = 'application/json') {
      const sent = typeof body === 'string' ? body : JSON.stringify(body);
      const request = new Request(`http://library.test${path}`, {
        method,
        headers: typeof type === 'string' ? contentType(body, type) : { ...contentType(body), ...type },
        ...(body === undefined ? {} : { body: sent }),
      });
      return await readAnswer(await api.handle(request));
    },
    async [Symbol.asyncDispose]() {
      await database.close();
      await temporary[Symbol.asyncDispose]();
    },
  };
}

function contentType(body: unknown, type = 'application/json'): Readonly<Record<string, string>> {
  return body === undefined ? {} : { 'content-type': type };
}

async function readAnswer(response: Response): Promise<Answer> {
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === '' ? undefined : JSON.parse(text) };
}

async function createSchema(url: string, schema: SchemaModule): Promise<void> {
  await using database = await openUrl(url);
  const { definition } = database.dialect;
  const all = createCatalog(catalogOf(schema));
  const changes = definition.inlineForeignKeys === true ? inlineForeignKeys(all) : all;
  let catalog = emptyCatalog;
  for (const change of changes) {
    for (const { sql } of definition.compile(change, catalog)) await database.run({ sql }, []);
    catalog = applyChange(change, catalog);
  }
}
