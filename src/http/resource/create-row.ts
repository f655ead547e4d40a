import { RowhouseError } from '../../errors/rowhouse-error.ts';
import type { Answer } from '../reply.ts';
import { readPreconditions } from '../request/preconditions.ts';
import { refuseQuery, requireBody } from '../request/request-body.ts';
import type { Exchange } from '../router/route.ts';
import { readInsert } from '../wire/read-body.ts';
import { keyPath } from '../wire/row-key.ts';
import { createRows } from './bulk-rows.ts';
import type { Resource } from './resource.ts';
import { rowResponse } from './row-response.ts';
import { writeAlone } from './write-alone.ts';

/** Adds a row. With `If-None-Match: *`, one that is there already fails the precondition. */
export async function createRow(exchange: Exchange, resource: Resource): Promise<Answer> {
  refuseQuery(exchange);
  const { fields, key, service } = resource;
  const body = requireBody(await exchange.json());
  if (Array.isArray(body) && resource.bulkMax > 0) return await createRows(exchange, resource, body);
  const input = readInsert(body, fields);
  const { ifNoneMatch } = readPreconditions(exchange);
  try {
    return await writeAlone(exchange, service, 'create', async (rows) => {
      const row = await rows.create(input);
      return rowResponse(201, row, resource, { location: exchange.path + keyPath(row, key) });
    });
  } catch (error) {
    if (ifNoneMatch !== '*' || !RowhouseError.has(error, 'UNIQUE_VIOLATION')) throw error;
    throw alreadyThere(error);
  }
}

export function alreadyThere(cause?: unknown): RowhouseError {
  return new RowhouseError('PRECONDITION_FAILED', 'the row is there already', { cause });
}
