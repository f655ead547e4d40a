import { parameterError } from '../problem/input-error.ts';
import { json } from '../request/json-response.ts';
import { isKnown, readPreconditions } from '../request/preconditions.ts';
import type { Exchange } from '../router/route.ts';
import { readKey } from '../wire/row-key.ts';
import { cutHeader, includeOf, shapeRows } from './include-rows.ts';
import type { Resource } from './resource.ts';
import { readShape, shapeParameters } from './row-shape.ts';
import { etagOf } from './row-version.ts';

/** A private cache may keep it, and asks each time. */
const cached = { 'cache-control': 'private, no-cache' };

/** Shows one row; 304 to a client that has it already. */
export async function getRow(exchange: Exchange, resource: Resource): Promise<Response> {
  const { searchParams } = exchange.url;
  const other = [...searchParams.keys()].find((name) => !shapeParameters.has(name));
  if (other !== undefined) throw parameterError('FIELD_UNKNOWN', other, 'is not a parameter here');
  const shape = readShape(searchParams, resource);
  const rows = resource.service.on(await exchange.session(), exchange.repository);
  const row = await rows.get(readKey(exchange.parameters, resource.primaryKey), includeOf(shape));
  // The version says nothing of related rows, which change without it.
  const etag = shape.branches.length > 0 ? undefined : etagOf(row, resource);
  if (etag !== undefined && isKnown(etag, readPreconditions(exchange.request)))
    return new Response(null, { status: 304, headers: { etag, ...cached } });
  const shaped = shapeRows([row], shape);
  return json(200, shaped.items[0], { ...cutHeader(shaped), ...(etag === undefined ? {} : { etag, ...cached }) });
}
