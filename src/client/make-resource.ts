import { filterText } from './client-filter.ts';
import { ProblemError } from './problem-error.ts';
import { refuseUnknownOptions, type Verb } from './refuse-unknown-options.ts';
import type {
  ClientKey,
  ClientListOptions,
  ClientManyOptions,
  ClientPage,
  ClientSettled,
  ClientWriteOptions,
  ResourceClient,
} from './resource-client.ts';
import { sendLeniently } from './send-leniently.ts';
import { send, type Sending, type SendOptions } from './send.ts';

/** Rows are only known in types. */
type AnyResource = ResourceClient<object, object, object, unknown>;
type ListOptions = ClientListOptions<object, unknown, unknown>;

/** The resource at a path. */
export function makeResource(options: SendOptions, path: string): AnyResource {
  const ask = async <T>(sending: Sending): Promise<T> => (await (await send(options, sending)).json()) as T;
  const getRow: AnyResource['get'] = async (key, { include, signal } = {}) =>
    await ask({ method: 'GET', path: path + keyPath(key), query: queryOf({ include }), signal });
  const getPage: AnyResource['page'] = async (asked = {}) => {
    const { count = false, signal } = asked;
    const headers = count === false ? {} : { prefer: `count=${count === true ? 'exact' : count}` };
    const response = await send(options, { method: 'GET', path, query: queryOf(asked), headers, signal });
    const found = (await response.json()) as ClientPage<object>;
    const applied = response.headers.get('preference-applied');
    return found.total === undefined ? found : { ...found, isTotalExact: applied === 'count=exact' };
  };
  const settle = async (sending: Sending): Promise<readonly ClientSettled<object, never>[]> =>
    await sendLeniently(options, sending);
  return {
    get: async (key, asked) => {
      refuseUnknownOptions('get', asked);
      return await getRow(key, asked);
    },
    page: async (asked) => {
      refuseUnknownOptions('page', asked);
      return await getPage(asked);
    },
    each(asked = {}) {
      refuseUnknownOptions('each', asked);
      return eachOf(async (after) => await getPage({ ...asked, ...after }));
    },
    async find(key, asked) {
      refuseUnknownOptions('find', asked);
      try {
        return await getRow(key, asked);
      } catch (error) {
        if (error instanceof ProblemError && error.code === 'ROW_NOT_FOUND') return undefined;
        throw error;
      }
    },
    create: async (body, how) => await ask({ method: 'POST', path, body, ...written('create', how) }),
    createMany: async (body, how) => {
      const { items } = await ask<{ readonly items: readonly object[] }>({
        method: 'POST',
        path,
        body,
        ...written('createMany', how),
      });
      return items;
    },
    createManySettled: async (body, how) =>
      await settle({ method: 'POST', path, body, ...written('createManySettled', how) }),
    replace: async (key, body, how) =>
      await ask({ method: 'PUT', path: path + keyPath(key), body, ...written('replace', how) }),
    update: async (key, body, how) =>
      await ask({ method: 'PATCH', path: path + keyPath(key), body, ...written('update', how) }),
    updateWhere: async (where, body, how) => {
      const query = queryOf({ where });
      const sending: Sending = { method: 'PATCH', path, query, body, ...bounded('updateWhere', how) };
      return (await ask<{ readonly items: readonly object[] }>(sending)).items;
    },
    updateWhereSettled: async (where, body, how) =>
      await settle({ method: 'PATCH', path, query: queryOf({ where }), body, ...bounded('updateWhereSettled', how) }),
    delete: async (key, how) => {
      await send(options, { method: 'DELETE', path: path + keyPath(key), ...written('delete', how) });
    },
    deleteWhere: async (where, how) => {
      const sending: Sending = { method: 'DELETE', path, query: queryOf({ where }), ...bounded('deleteWhere', how) };
      return (await ask<{ readonly count: number }>(sending)).count;
    },
    deleteWhereSettled: async (where, how) =>
      await settle({ method: 'DELETE', path, query: queryOf({ where }), ...bounded('deleteWhereSettled', how) }),
  } as AnyResource;
}

async function* eachOf(
  pageAfter: (place: { readonly after?: string }) => Promise<ClientPage<object>>,
): AsyncIterable<object> {
  let place: { readonly after?: string } | undefined = {};
  while (place !== undefined) {
    const { items, next }: ClientPage<object> = await pageAfter(place);
    yield* items;
    place = next === undefined ? undefined : { after: next };
  }
}

function written(verb: Verb, options: ClientWriteOptions = {}): Pick<Sending, 'headers' | 'idempotencyKey' | 'signal'> {
  refuseUnknownOptions(verb, options);
  const { version, idempotencyKey, signal } = options;
  return { idempotencyKey, signal, ...(version === undefined ? {} : { headers: { 'if-match': `"${version}"` } }) };
}

function bounded(verb: Verb, options: ClientManyOptions = {}): Pick<Sending, 'headers' | 'idempotencyKey' | 'signal'> {
  refuseUnknownOptions(verb, options);
  const { maxAffected, idempotencyKey, signal } = options;
  const headers = maxAffected === undefined ? {} : { prefer: `max-affected=${maxAffected}` };
  return { idempotencyKey, signal, headers };
}

function keyPath(key: ClientKey): string {
  const values = typeof key === 'object' ? key : [key];
  return values.map((value) => `/${encodeURIComponent(value)}`).join('');
}

function queryOf({ where, order, include, limit, after, before, offset, q }: ListOptions): URLSearchParams {
  const query = new URLSearchParams();
  const set = (name: string, value: string | number | undefined): void => {
    if (value !== undefined) query.set(name, String(value));
  };
  set('and', where === undefined ? undefined : filterText(where));
  set('order', order === undefined || order.length === 0 ? undefined : order.join(','));
  set('include', include === undefined ? undefined : includePaths(include as object).join(',') || undefined);
  for (const [name, value] of Object.entries({ limit, after, before, offset, q })) set(name, value);
  return query;
}

function includePaths(include: object): readonly string[] {
  return Object.entries(include).flatMap(([name, deeper]: [string, unknown]) => {
    if (deeper === undefined || deeper === false) return [];
    const paths = typeof deeper === 'object' && deeper !== null ? includePaths(deeper) : [];
    return paths.length === 0 ? [name] : paths.map((path) => `${name}.${path}`);
  });
}
