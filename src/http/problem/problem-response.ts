import { RowhouseError } from '../../errors/rowhouse-error.ts';
import type { Reply } from '../reply.ts';
import type { Problem } from './problem.ts';

/** Seconds after which a client may try again: longer than a failover of a second or two, shorter than its patience. */
const retryAfterSeconds = '2';

/** The problem as a response. */
export function problemResponse(problem: Problem, error: unknown): Reply {
  const headers: Record<string, string> = {
    'content-type': 'application/problem+json',
    'cache-control': 'no-store',
  };
  if (problem.status === 503) headers['retry-after'] = retryAfterSeconds;
  if (RowhouseError.has(error, 'RATE_LIMITED')) headers['retry-after'] = String(error.details['retryAfterSeconds']);
  if (RowhouseError.has(error, 'METHOD_NOT_ALLOWED') && typeof error.details['allow'] === 'string')
    headers['allow'] = error.details['allow'];
  if (RowhouseError.has(error, 'MEDIA_TYPE_UNSUPPORTED') && typeof error.details['acceptEncoding'] === 'string')
    headers['accept-encoding'] = error.details['acceptEncoding'];
  return { status: problem.status, headers, body: JSON.stringify(problem) };
}
