import type { Session } from '../database/session.ts';
import { statusOf } from '../errors/codes.ts';
import { RowhouseError } from '../errors/rowhouse-error.ts';
import type { ApiOptions } from './create-api.ts';
import { exchangeOf } from './exchange.ts';
import { problemResponse } from './problem/problem-response.ts';
import { toProblem } from './problem/problem.ts';
import { refuseExcess, type RequestLimit } from './rate-limit/limit-request.ts';
import type { RateState } from './rate-limit/rate-limiter.ts';
import type { Match, Router } from './router/router.ts';
import type { Route } from './router/route.ts';

/** One request, and what it needs to be served. */
export interface Call {
  readonly database: Session;
  readonly router: Router;
  readonly options: ApiOptions;
  readonly request: Request;
  readonly requestId: string;
  readonly limit: RequestLimit | undefined;
  /** The routes whose requests are counted. */
  readonly limited: ReadonlySet<Route>;
}

/** The response to a request; never rejects. */
export async function respond(call: Call): Promise<Response> {
  const { request, router, requestId, options, limit, limited } = call;
  const url = new URL(request.url);
  let found: Match | undefined;
  let rate: RateState | undefined;
  let response: Response;
  try {
    if (request.method === 'OPTIONS') return allow(router, url);
    found = router.match(request.method, url.pathname);
    if (limit !== undefined && limited.has(found.route)) {
      rate = await limit.count(request);
      refuseExcess(rate);
    }
    response = await found.route.handle(exchangeOf({ ...call, url, found }));
    if (request.method === 'HEAD') response = new Response(null, response);
  } catch (error) {
    if (statusOf(error instanceof RowhouseError ? error.code : 'INTERNAL') >= 500)
      options.onError?.(error, { requestId, method: request.method, path: url.pathname });
    const problem = toProblem(error, { requestId, method: request.method, table: found?.route.table });
    response = problemResponse(problem, error);
  }
  if (limit !== undefined && rate !== undefined)
    for (const [name, value] of Object.entries(limit.headers(rate))) response.headers.set(name, value);
  return response;
}

function allow(router: Router, { pathname }: URL): Response {
  const methods = router.allowed(pathname);
  if (methods === undefined) throw new RowhouseError('ROUTE_NOT_FOUND', 'there is nothing at this address');
  return new Response(null, { status: 204, headers: { allow: [...methods, 'OPTIONS'].join(', ') } });
}
