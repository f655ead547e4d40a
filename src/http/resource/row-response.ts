import type { Reply } from '../reply.ts';
import { json } from '../request/json-response.ts';
import { writeRow } from '../wire/write-row.ts';
import type { Resource } from './resource.ts';
import { etagOf } from './row-version.ts';

/** A row as a response, with its entity tag where rows have versions. */
export function rowResponse(
  status: number,
  row: Readonly<Record<string, unknown>>,
  resource: Resource,
  headers: Readonly<Record<string, string>> = {},
): Reply {
  const etag = etagOf(row, resource);
  return json(status, writeRow(row, resource.fields), { ...headers, ...(etag === undefined ? {} : { etag }) });
}
