import type { Answer } from '../reply.ts';
import { parameterError } from '../problem/input-error.ts';
import { json } from '../request/json-response.ts';
import { isKnown, readPreconditions } from '../request/preconditions.ts';
import type { Exchange } from '../router/route.ts';
import { readKey } from '../wire/row-key.ts';
import { cutHeader, includeOf, shapeRows } from './include-rows.ts';
import { readsOf } from './read-alone.ts';
import type { Resource } from './resource.ts';
import { isAtPrimaryKey, keyAtPath } from './row-at-path.ts';
import { readShape, shapeParameters } from './row-shape.ts';
import { etagOf } from './row-version.ts';

/** A private cache may keep it, and asks each time. */
const cached = { 'cache-control': 'private, no-cache' };

/** Shows one row; 304 to a client that has it already. */
export async function getRow(exchange: Exchange, resource: Resource): Promise<Answer> {
  const { query } = exchange;
  for (const name of query.keys())
    if (!shapeParameters.has(name)) throw parameterError('FIELD_UNKNOWN', name, 'is not a parameter here');
  const shape = readShape(query, resource);
  const session = await exchange.session();
  const key = isAtPrimaryKey(resource)
    ? readKey(exchange.parameters, resource.primaryKey)
    : await keyAtPath(exchange, resource, session);
  const row = await readsOf(session, exchange, resource, shape).get(key, includeOf(shape));
  // The version says nothing of related rows, which change without it.
  const etag = shape.branches.length > 0 ? undefined : etagOf(row, resource);
  if (etag !== undefined && isKnown(etag, readPreconditions(exchange)))
    return { status: 304, headers: { etag, ...cached } };
  const shaped = shapeRows([row], shape);
  return json(200, shaped.items[0], { ...cutHeader(shaped), ...(etag === undefined ? {} : { etag, ...cached }) });
}
