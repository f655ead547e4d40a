import { randomUUID } from 'node:crypto';
import { statusOf } from '../errors/codes.ts';
import { RowhouseError } from '../errors/rowhouse-error.ts';
import type { Session } from '../database/session.ts';
import { healthRoutes, type HealthOptions } from './health/health-routes.ts';
import { docsRoutes } from './openapi/docs-routes.ts';
import { toProblem } from './problem/problem.ts';
import { problemResponse } from './problem/problem-response.ts';
import { readJson } from './request/read-json.ts';
import { resourceRoutes } from './resource/resource-routes.ts';
import type { Resource } from './resource/resource.ts';
import { createRouter, type Match, type Router } from './router/router.ts';
import type { Exchange, Route } from './router/route.ts';

/** How an API is served, beside its resources. */
export interface ApiOptions {
  readonly title?: string | undefined;
  readonly version?: string | undefined;
  readonly description?: string | undefined;
  /** In front of every path: `/api`. */
  readonly prefix?: string | undefined;
  /**
   * The session of a request, e.g. one bound to the tenant of its token; what it throws refuses the request. The
   * database itself otherwise.
   */
  readonly scope?: ((request: Request) => Session | Promise<Session>) | undefined;
  /** No statement of a write may run longer, whatever the database's own setting: 30 s where the engine can bound it. */
  readonly timeoutMs?: number | undefined;
  /** Larger bodies are refused: 1 MiB. */
  readonly bodyLimitBytes?: number | undefined;
  /** Signs page cursors; give every process of a service the same one. */
  readonly cursorSecret?: string | undefined;
  /** `false`: no health routes. */
  readonly health?: HealthOptions | false | undefined;
  /** `false`: neither `/openapi.json` nor `/docs`. */
  readonly docs?: boolean | undefined;
  /** Hears of errors that are not the client's; the problem shows nothing of them but the request's id. */
  readonly onError?: ((error: unknown, about: FailedRequest) => void) | undefined;
}

/** The request behind an error that is not the client’s. */
export interface FailedRequest {
  readonly requestId: string;
  readonly method: string;
  readonly path: string;
}

/** An HTTP API without a server: give it requests from any. */
export interface Api {
  /** Every path it serves, `/users/{id}`. */
  readonly paths: readonly string[];
  /** Never rejects: errors are responses. */
  handle(request: Request): Promise<Response>;
}

/**
 * Serves resources and routes of one's own from a database. A write is committed before its response exists.
 *
 * @example
 * ```ts
 * const api = createApi(database, [resource(schema.users, { prefix: '/users' })]);
 * const response = await api.handle(new Request('http://localhost/users?active=is.true'));
 * ```
 */
export function createApi(database: Session, parts: readonly (Resource | Route)[], options: ApiOptions = {}): Api {
  const routes = routesOf(database, parts, options);
  const router = createRouter(routes);
  return {
    paths: [...new Set(routes.map(({ path }) => path))],
    async handle(request) {
      const requestId = requestIdOf(request);
      const response = await respond({ database, router, options, request, requestId });
      response.headers.set('x-request-id', requestId);
      return response;
    },
  };
}

interface Call {
  readonly database: Session;
  readonly router: Router;
  readonly options: ApiOptions;
  readonly request: Request;
  readonly requestId: string;
}

function routesOf(database: Session, parts: readonly (Resource | Route)[], options: ApiOptions): readonly Route[] {
  const { prefix = '', health = {}, docs = true } = options;
  const served = parts.flatMap((part) => ('handle' in part ? [part] : resourceRoutes(part))).map(under(prefix));
  const resources = parts.filter((part): part is Resource => !('handle' in part));
  if (options.scope === undefined) refuseTenants(resources);
  return [
    ...served,
    ...(health === false ? [] : healthRoutes(database, health).map(under(prefix))),
    ...(docs ? docsRoutes(served, resources, options).map(under(prefix)) : []),
  ];
}

/** Without a session bound to a tenant, every client would see the rows of all. */
function refuseTenants(resources: readonly Resource[]): void {
  for (const { table, prefix } of resources) {
    if (table.roles.tenant === undefined) continue;
    throw new RowhouseError('CONFIG_INVALID', `the rows of ${prefix} belong to tenants, and no scope says to which`, {
      details: { table: table.name },
      hint: 'give the API a scope: the session of the tenant that a request may see',
    });
  }
}

function under(prefix: string): (route: Route) => Route {
  return (route) => ({ ...route, path: prefix + route.path });
}

async function respond(call: Call): Promise<Response> {
  const { request, router, requestId, options } = call;
  const url = new URL(request.url);
  let found: Match | undefined;
  try {
    if (request.method === 'OPTIONS') return allow(router, url);
    found = router.match(request.method, url.pathname);
    const response = await found.route.handle(exchangeOf(call, url, found));
    return request.method === 'HEAD' ? new Response(null, response) : response;
  } catch (error) {
    if (statusOf(error instanceof RowhouseError ? error.code : 'INTERNAL') >= 500)
      options.onError?.(error, { requestId, method: request.method, path: url.pathname });
    const problem = toProblem(error, { requestId, method: request.method, table: found?.route.table });
    return problemResponse(problem, error);
  }
}

function exchangeOf({ database, options, request, requestId }: Call, url: URL, found: Match): Exchange {
  const { scope, bodyLimitBytes = 1024 * 1024, cursorSecret } = options;
  const session = async (): Promise<Session> => (scope === undefined ? database : await scope(request));
  return {
    request,
    url,
    requestId,
    parameters: found.parameters,
    repository: { cursorSecret },
    session,
    json: async () => await readJson(request, bodyLimitBytes),
    transaction: async (work, more) => {
      const opened = await session();
      const usualMs = opened.dialect.traits.statementTimeout ? 30_000 : undefined;
      const { timeoutMs = usualMs } = options;
      return await opened.transaction(work, { timeoutMs, signal: request.signal, ...more });
    },
  };
}

function allow(router: Router, { pathname }: URL): Response {
  const methods = router.allowed(pathname);
  if (methods === undefined) throw new RowhouseError('ROUTE_NOT_FOUND', 'there is nothing at this address');
  return new Response(null, { status: 204, headers: { allow: [...methods, 'OPTIONS'].join(', ') } });
}

/** The caller's id when it is one that a log can hold, so that one request has one id everywhere. */
function requestIdOf(request: Request): string {
  const given = request.headers.get('x-request-id');
  return given !== null && /^[\w.-]{1,64}$/.test(given) ? given : randomUUID();
}
