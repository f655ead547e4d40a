import { RowhouseError } from '../../errors/rowhouse-error.ts';
import type { Problem } from './problem.ts';

/** Seconds after which a client may try again: longer than a failover of a second or two, shorter than its patience. */
const retryAfterSeconds = '2';

/** The problem as a response. */
export function problemResponse(problem: Problem, error: unknown): Response {
  const headers = new Headers({ 'content-type': 'application/problem+json', 'cache-control': 'no-store' });
  if (problem.status === 503) headers.set('retry-after', retryAfterSeconds);
  if (RowhouseError.has(error, 'RATE_LIMITED')) headers.set('retry-after', String(error.details['retryAfterSeconds']));
  if (RowhouseError.has(error, 'METHOD_NOT_ALLOWED') && typeof error.details['allow'] === 'string')
    headers.set('allow', error.details['allow']);
  return new Response(JSON.stringify(problem), { status: problem.status, headers });
}
