import type { Session } from '../database/session.ts';
import { statusOf } from '../errors/codes.ts';
import { RowhouseError } from '../errors/rowhouse-error.ts';
import type { ApiOptions } from './create-api.ts';
import { exchangeOf } from './exchange.ts';
import { problemResponse } from './problem/problem-response.ts';
import { toProblem } from './problem/problem.ts';
import { refuseExcess, type RequestLimit } from './rate-limit/limit-request.ts';
import type { RateState } from './rate-limit/rate-limiter.ts';
import { setHeader, withoutBody, type Answer } from './reply.ts';
import type { Incoming } from './request/incoming.ts';
import type { Match, Router } from './router/router.ts';
import type { Route } from './router/route.ts';
import type { TellError } from './tell-error.ts';

/** One request, and what it needs to be served. */
export interface Call {
  readonly database: Session;
  readonly router: Router;
  readonly options: ApiOptions;
  readonly incoming: Incoming;
  readonly requestId: string;
  readonly limit: RequestLimit | undefined;
  /** The routes whose requests are counted. */
  readonly limited: ReadonlySet<Route>;
  readonly tell: TellError;
}

/** The answer to a request; never rejects. */
export async function respond(call: Call): Promise<Answer> {
  const { incoming, router, requestId, limit, limited, tell } = call;
  const { method, path } = incoming;
  let found: Match | undefined;
  let rate: RateState | undefined;
  let answer: Answer;
  try {
    if (method === 'OPTIONS') answer = allow(router, path);
    else {
      found = router.match(method, path);
      if (limit !== undefined && limited.has(found.route)) {
        rate = await limit.count(incoming.lightRequest);
        refuseExcess(rate);
      }
      answer = await found.route.handle(exchangeOf(call, found));
      if (method === 'HEAD') answer = withoutBody(answer);
    }
  } catch (error) {
    if (statusOf(error instanceof RowhouseError ? error.code : 'INTERNAL') >= 500)
      tell(error, { requestId, method, path });
    const problem = toProblem(error, { requestId, method, table: found?.route.table });
    answer = problemResponse(problem, error);
  }
  if (limit !== undefined && rate !== undefined)
    for (const [name, value] of Object.entries(limit.headers(rate))) setHeader(answer, name, value);
  setHeader(answer, 'x-request-id', requestId);
  return answer;
}

function allow(router: Router, path: string): Answer {
  const methods = router.allowed(path);
  if (methods === undefined) throw new RowhouseError('ROUTE_NOT_FOUND', 'there is nothing at this address');
  return { status: 204, headers: { allow: [...methods, 'OPTIONS'].join(', ') } };
}
