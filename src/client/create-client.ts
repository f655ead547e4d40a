import { snakeCase } from '../util/snake-case.ts';
import { Consistency } from './consistency.ts';
import type { JsonRow } from './json-row.ts';
import { makeResource } from './make-resource.ts';
import type { ResourceClient } from './resource-client.ts';
import type { ClientOptions } from './send.ts';

/** What a client needs to know of a table: types only. */
interface TypedTable {
  readonly $row: unknown;
  readonly $insert: unknown;
  readonly $patch: unknown;
}

type LinksOf<T> = T extends { readonly $relations: infer Links } ? Links : unknown;

/** A client of an API: a resource for each table of a schema. */
export type Client<Schema> = {
  readonly [K in keyof Schema as Schema[K] extends TypedTable ? K : never]: Schema[K] extends TypedTable
    ? ResourceClient<
        JsonRow<Schema[K]['$row']>,
        JsonRow<Schema[K]['$insert']>,
        JsonRow<Schema[K]['$patch']>,
        LinksOf<Schema[K]>
      >
    : never;
};

/** How a client reaches its API, and where its resources are. */
export interface CreateClientOptions<Schema> extends ClientOptions {
  /** Prefixes of resources that are not called like their table: `userRoles` is at `/user-roles` otherwise. */
  readonly paths?: { readonly [K in keyof Schema]?: string } | undefined;
}

/**
 * A client of an API, typed by its schema, which is needed as a type only. It runs wherever there is `fetch`.
 *
 * @example
 * ```ts
 * import type { library } from './schema.ts';
 *
 * const api = createClient<typeof library>({ url: 'https://example.org/api' });
 * const { items } = await api.books.page({ where: { title: { ilike: '*sea*' } }, include: { author: true } });
 * ```
 */
export function createClient<Schema>(options: CreateClientOptions<Schema>): Client<Schema> {
  const paths: Readonly<Record<string, string | undefined>> = options.paths ?? {};
  const sent = { ...options, consistency: options.consistency ?? new Consistency() };
  const resources = new Map<string, unknown>();
  return new Proxy(Object.create(null) as object, {
    get: (_, name) => {
      // A client that is awaited is no promise.
      if (typeof name !== 'string' || name === 'then') return undefined;
      let resource = resources.get(name);
      if (resource === undefined) {
        const path = paths[name] ?? `/${snakeCase(name).replaceAll('_', '-')}`;
        resources.set(name, (resource = makeResource(sent, path)));
      }
      return resource;
    },
  }) as Client<Schema>;
}
