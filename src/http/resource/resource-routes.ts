import type { Key } from '../../repository/repository.ts';
import type { Method, Exchange, Route } from '../router/route.ts';
import { inputError, parameterError } from '../problem/input-error.ts';
import { json } from '../request/json-response.ts';
import { mediaType } from '../request/read-json.ts';
import { isJsonObject, mergePatch } from '../wire/merge-patch.ts';
import { readInsert, readPatch } from '../wire/read-body.ts';
import { keyPath, readKey } from '../wire/row-key.ts';
import { writeRow } from '../wire/write-row.ts';
import { describeAction } from './describe-action.ts';
import { listRows } from './list-rows.ts';
import type { Resource, ResourceAction } from './resource.ts';

/** The routes of a resource. */
export function resourceRoutes(resource: Resource): readonly Route[] {
  const item = `${resource.prefix}${resource.primaryKey.map(({ key }) => `/{${key}}`).join('')}`;
  const route = (action: ResourceAction, method: Method, path: string, handle: Handle): readonly Route[] =>
    resource.actions.has(action)
      ? [
          {
            method,
            path,
            table: resource.table,
            operation: describeAction(action, resource),
            handle: async (exchange) => await handle(exchange, resource),
          },
        ]
      : [];
  return [
    ...route('list', 'GET', resource.prefix, listRows),
    ...route('create', 'POST', resource.prefix, createRow),
    ...route('get', 'GET', item, getRow),
    ...route('update', 'PATCH', item, updateRow),
    ...route('delete', 'DELETE', item, deleteRow),
  ];
}

type Handle = (exchange: Exchange, resource: Resource) => Promise<Response>;

async function createRow(exchange: Exchange, { fields, primaryKey, service }: Resource): Promise<Response> {
  refuseQuery(exchange);
  const input = readInsert(await readBody(exchange), fields);
  const row = await exchange.transaction(
    async (transaction) => await service.on(transaction, exchange.repository).create(input),
  );
  const location = exchange.url.pathname + keyPath(row, primaryKey);
  return json(201, writeRow(row, fields), { location });
}

async function getRow(exchange: Exchange, { fields, primaryKey, service }: Resource): Promise<Response> {
  refuseQuery(exchange);
  const row = await service
    .on(await exchange.session(), exchange.repository)
    .get(readKey(exchange.parameters, primaryKey));
  return json(200, writeRow(row, fields));
}

async function updateRow(exchange: Exchange, resource: Resource): Promise<Response> {
  refuseQuery(exchange);
  const { fields, primaryKey, service } = resource;
  const key = readKey(exchange.parameters, primaryKey);
  const change = readPatch(await readBody(exchange), fields);
  const merged = mediaType(exchange.request) === 'application/merge-patch+json' ? documentsIn(change, resource) : [];
  // Merging reads a document and writes it back: serializable, so that no other writer comes between.
  const mode = merged.length === 0 ? {} : { isolation: 'serializable' as const };
  const row = await exchange.transaction(async (transaction) => {
    const rows = service.on(transaction, exchange.repository);
    if (merged.length === 0) return await rows.update(key, change);
    const current = await rows.get(key);
    const documents = merged.map((name) => [name, mergePatch(current[name] ?? null, change[name])]);
    return await rows.update(key, { ...change, ...Object.fromEntries(documents) });
  }, mode);
  return json(200, writeRow(row, fields));
}

async function deleteRow(exchange: Exchange, { primaryKey, service }: Resource): Promise<Response> {
  refuseQuery(exchange);
  const key: Key = readKey(exchange.parameters, primaryKey);
  await exchange.transaction(async (transaction) => await service.on(transaction, exchange.repository).delete(key));
  return new Response(null, { status: 204 });
}

/** The JSON columns whose documents the change merges into, rather than replaces. */
function documentsIn(change: Readonly<Record<string, unknown>>, { fields }: Resource): readonly string[] {
  return fields.filter(({ key, type }) => type.kind === 'json' && isJsonObject(change[key])).map(({ key }) => key);
}

async function readBody(exchange: Exchange): Promise<unknown> {
  const body = await exchange.json();
  if (body === undefined)
    throw inputError('REQUEST_INVALID', 'the request has no body', [{ pointer: '#', detail: 'must be a JSON object' }]);
  return body;
}

function refuseQuery({ url }: Exchange): void {
  const [first] = url.searchParams.keys();
  if (first !== undefined) throw parameterError('FIELD_UNKNOWN', first, 'is not a parameter here');
}
