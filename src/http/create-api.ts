import { randomUUID } from 'node:crypto';
import { RowhouseError } from '../errors/rowhouse-error.ts';
import type { Session } from '../database/session.ts';
import { databaseHealth } from './health/database-health.ts';
import { healthRoutes, type HealthOptions } from './health/health-routes.ts';
import { docsRoutes } from './openapi/docs-routes.ts';
import { refuseUnknownOption } from '../util/refuse-unknown-option.ts';
import { optionNames } from '../util/unknown-option.ts';
import { drainingSource } from './draining-source.ts';
import type { IdempotencyOptions } from './idempotency/write-once.ts';
import { requestLimit, type RateLimitOptions } from './rate-limit/limit-request.ts';
import { leftOutRoutes, resourceRoutes } from './resource/resource-routes.ts';
import type { Resource } from './resource/resource.ts';
import { createRouter, type LeftOut } from './router/router.ts';
import type { Route } from './router/route.ts';
import { toResponse, type Answer } from './reply.ts';
import type { Incoming } from './request/incoming.ts';
import { webIncoming } from './request/web-incoming.ts';
import { respond } from './respond.ts';
import { tellOnStderr, type TellError } from './tell-error.ts';

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
  /**
   * Reads go to replicas. A write gives a `Consistency-Token`; a request that sends it back sees that write.
   */
  readonly replicas?: boolean | undefined;
  /** Takes `Idempotency-Key`: a write that is sent again is not done again. */
  readonly idempotency?: IdempotencyOptions | undefined;
  /** How many requests a client may send to resources and routes of your own; as many as it likes otherwise. */
  readonly rateLimit?: RateLimitOptions | undefined;
  /** `false`: no health routes. */
  readonly health?: HealthOptions | false | undefined;
  /** `false`: neither `/openapi.json` nor `/docs`. */
  readonly docs?: boolean | undefined;
  /**
   * Hears of errors that are not the client's; the problem shows nothing of them but the request's id. Without it they go,
   * with their stack, to the log of Fastify, and elsewhere as a line of JSON to standard error.
   */
  readonly onError?: TellError | undefined;
}

const known = optionNames<ApiOptions>({
  title: true,
  version: true,
  description: true,
  prefix: true,
  scope: true,
  timeoutMs: true,
  bodyLimitBytes: true,
  cursorSecret: true,
  replicas: true,
  idempotency: true,
  rateLimit: true,
  health: true,
  docs: true,
  onError: true,
});

const ofParts = {
  idempotency: optionNames<IdempotencyOptions>({ table: true, principal: true, lifetimeMs: true }),
  rateLimit: optionNames<RateLimitOptions>({ key: true, limit: true, windowMs: true }),
  health: optionNames<HealthOptions>({ source: true, path: true }),
};

/** An HTTP API without a server: give it requests from any. */
export interface Api {
  /** Every path it serves, `/users/{id}`. */
  readonly paths: readonly string[];
  /** Never rejects: errors are responses. A handler for Hono, Bun, Deno and the like as it is. */
  readonly handle: (request: Request) => Promise<Response>;
  /** The same for servers that have a request in a form of their own, and perhaps a log for what `onError` would hear. */
  readonly answer: (incoming: Incoming, log?: TellError) => Promise<Answer>;
  /** `/readyz` answers 503 from now on, so that no new requests are sent here; all else is served as before. */
  readonly drain: () => void;
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
  refuseMistyped(options);
  let isDraining = false;
  const { served, all, leftOut } = routesOf(database, parts, options, () => isDraining);
  const router = createRouter(all, leftOut);
  const limited = new Set(served);
  const limit = options.rateLimit === undefined ? undefined : requestLimit(options.rateLimit);
  const answer: Api['answer'] = (incoming, log = tellOnStderr) => {
    const tell = options.onError ?? log;
    return respond({ database, router, options, incoming, requestId: requestIdOf(incoming), limit, limited, tell });
  };
  return {
    paths: [...new Set(all.map(({ path }) => path))],
    drain: () => {
      isDraining = true;
    },
    answer,
    handle: async (request) => toResponse(await answer(webIncoming(request))),
  };
}

interface ApiRoutes {
  /** Those of the resources and of one's own. */
  readonly served: readonly Route[];
  readonly all: readonly Route[];
  readonly leftOut: readonly LeftOut[];
}

function routesOf(
  database: Session,
  parts: readonly (Resource | Route)[],
  options: ApiOptions,
  isDraining: () => boolean,
): ApiRoutes {
  const { prefix = '', health = {}, docs = true } = options;
  const healthOptions = health === false ? {} : health;
  const source = drainingSource(healthOptions.source ?? databaseHealth(database), isDraining);
  const served = parts.flatMap((part) => ('handle' in part ? [part] : resourceRoutes(part))).map(under(prefix));
  const resources = parts.filter((part): part is Resource => !('handle' in part));
  if (options.scope === undefined) refuseTenants(resources);
  if (options.idempotency === undefined) refuseKeys(resources);
  const all = [
    ...served,
    ...(health === false ? [] : healthRoutes(database, { ...healthOptions, source }).map(under(prefix))),
    ...(docs ? docsRoutes(served, resources, options).map(under(prefix)) : []),
  ];
  return { served, all, leftOut: resources.flatMap(leftOutRoutes).map(under(prefix)) };
}

/** A mistyped scope or limit would be none at all. */
function refuseMistyped(options: ApiOptions): void {
  refuseUnknownOption(options, known, 'an API', 'CONFIG_INVALID');
  const { idempotency, rateLimit, health } = options;
  refuseUnknownOption(idempotency, ofParts.idempotency, 'idempotency', 'CONFIG_INVALID');
  refuseUnknownOption(rateLimit, ofParts.rateLimit, 'rateLimit', 'CONFIG_INVALID');
  refuseUnknownOption(health === false ? undefined : health, ofParts.health, 'health', 'CONFIG_INVALID');
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

function refuseKeys(resources: readonly Resource[]): void {
  const wants = resources.find(({ requiresIdempotencyKey }) => requiresIdempotencyKey);
  if (wants === undefined) return;
  throw new RowhouseError('CONFIG_INVALID', `${wants.prefix} requires idempotency keys, and the API keeps none`, {
    details: { table: wants.table.name },
    hint: 'give the API idempotency: the table of the keys, and who sends a request',
  });
}

function under(prefix: string): <R extends { readonly path: string }>(route: R) => R {
  return (route) => ({ ...route, path: prefix + route.path });
}

/** The caller's id when it is one that a log can hold, so that one request has one id everywhere. */
function requestIdOf({ headers }: Incoming): string {
  const given = headers.get('x-request-id');
  return given !== null && /^[\w.-]{1,64}$/.test(given) ? given : randomUUID();
}
