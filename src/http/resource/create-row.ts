import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { readPreconditions } from '../request/preconditions.ts';
import { refuseQuery, requireBody } from '../request/request-body.ts';
import type { Exchange } from '../router/route.ts';
import { readInsert } from '../wire/read-body.ts';
import { keyPath } from '../wire/row-key.ts';
import { createRows } from './bulk-rows.ts';
import type { Resource } from './resource.ts';
import { rowResponse } from './row-response.ts';

/** Adds a row. With `If-None-Match: *`, one that is there already fails the precondition. */
export async function createRow(exchange: Exchange, resource: Resource): Promise<Response> {
  refuseQuery(exchange);
  const { fields, primaryKey, service } = resource;
  const body = await requireBody(exchange);
  if (Array.isArray(body) && resource.bulkMax > 0) return await createRows(exchange, resource, body);
  const input = readInsert(body, fields);
  const { ifNoneMatch } = readPreconditions(exchange.request);
  try {
    return await exchange.write(async (transaction) => {
      const row = await service.on(transaction, exchange.repository).create(input);
      return rowResponse(201, row, resource, { location: exchange.url.pathname + keyPath(row, primaryKey) });
    });
  } catch (error) {
    if (ifNoneMatch !== '*' || !RowhouseError.has(error, 'UNIQUE_VIOLATION')) throw error;
    throw alreadyThere(error);
  }
}

export function alreadyThere(cause?: unknown): RowhouseError {
  return new RowhouseError('PRECONDITION_FAILED', 'the row is there already', { cause });
}
