import type { Database } from '../database/database.ts';
import type { RoutedSession } from '../database/replica/routed-session.ts';
import type { Session } from '../database/session.ts';
import { RowhouseError } from '../errors/rowhouse-error.ts';
import type { ApiOptions } from './create-api.ts';
import { readIdempotencyKey, requestIdentity } from './idempotency/request-identity.ts';
import { writeOnce } from './idempotency/write-once.ts';
import { parseJson, readBytes } from './request/read-json.ts';
import type { Exchange } from './router/route.ts';
import type { Match } from './router/router.ts';

interface Call {
  readonly database: Session;
  readonly options: ApiOptions;
  readonly request: Request;
  readonly requestId: string;
  readonly url: URL;
  readonly found: Match;
}

/** A request as its route sees it. */
export function exchangeOf({ database, options, request, requestId, url, found }: Call): Exchange {
  const { scope, bodyLimitBytes = 1024 * 1024, cursorSecret, idempotency } = options;
  const { route, parameters } = found;
  const session = once(async () => {
    const opened = scope === undefined ? database : await scope(request);
    return options.replicas === true ? routed(opened, request) : opened;
  });
  const bytes = once(async () => await readBytes(request, bodyLimitBytes));
  return {
    request,
    url,
    requestId,
    parameters,
    repository: { cursorSecret },
    session,
    json: async (types) => parseJson(await bytes(), request, types),
    write: async (work, more) => {
      const opened = await session();
      const usualMs = opened.dialect.traits.statementTimeout ? 30_000 : undefined;
      const { timeoutMs = usualMs } = options;
      const transaction = { timeoutMs, signal: request.signal, ...more };
      const key = readIdempotencyKey(request);
      if (key === undefined && route.requiresIdempotencyKey === true)
        throw new RowhouseError('IDEMPOTENCY_KEY_MISSING', 'this request needs an Idempotency-Key');
      if (key === undefined || idempotency === undefined)
        return await tokened(opened, await opened.transaction(work, transaction));
      const identity = requestIdentity({
        key,
        principal: await idempotency.principal(request),
        tenant: opened.tenant === undefined ? '' : String(opened.tenant.value),
        route: `${route.method} ${route.path}`,
        request,
        body: await bytes(),
      });
      return await tokened(opened, await writeOnce(opened, identity, idempotency, work, transaction));
    },
  };
}

const tokenHeader = 'consistency-token';

/** Reads of a request go to replicas that have the write behind its token. */
function routed(opened: Session, { headers }: Request): Session {
  if (!('session' in opened)) return opened;
  return (opened as Pick<Database, 'session'>).session({ after: headers.get(tokenHeader) ?? undefined });
}

/** The response of a write with the token of what it committed. */
async function tokened(opened: Session, response: Response): Promise<Response> {
  if ('hasWritten' in opened) response.headers.set(tokenHeader, await (opened as RoutedSession).token());
  return response;
}

function once<T>(work: () => Promise<T>): () => Promise<T> {
  let running: Promise<T> | undefined;
  return async () => await (running ??= work());
}
