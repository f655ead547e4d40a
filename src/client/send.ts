import type { Consistency } from './consistency.ts';
import { readProblem } from './problem-error.ts';

/** How a client reaches its API. */
export interface ClientOptions {
  /** Where the API is, with its prefix: `https://example.org/api`. */
  readonly url: string;
  /** The platform's own otherwise. */
  readonly fetch?: typeof fetch | undefined;
  /** Headers of each request, made anew for it: an access token. */
  readonly headers?: (() => Readonly<Record<string, string>> | Promise<Readonly<Record<string, string>>>) | undefined;
  /** The API keeps idempotency keys: each write carries one, and is sent again as a read is. */
  readonly idempotency?: boolean | undefined;
  /** Where the writes are that reads must see; one of the client's own otherwise. */
  readonly consistency?: Consistency | undefined;
  /** How often a request is sent again: 2. */
  readonly retries?: number | undefined;
  /** One request may take so long: 30 s. */
  readonly timeoutMs?: number | undefined;
}

/** What every call takes. */
export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
}

/** One request, as a resource asks for it. */
export interface Sending extends CallOptions {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly query?: URLSearchParams | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly body?: unknown;
  readonly idempotencyKey?: string | undefined;
}

/** The options once the client is made. */
export interface SendOptions extends ClientOptions {
  readonly consistency: Consistency;
}

const tokenHeader = 'consistency-token';

const firstWaitMs = 200;
const longestWaitMs = 10_000;

/** Statuses that say: later. */
const passing: ReadonlySet<number> = new Set([429, 502, 503, 504]);

/**
 * Sends a request and gives its response; any other than 2xx is thrown as a `ProblemError`. It is sent again when the
 * line or the server fails, but a write only where it cannot take place twice.
 */
export async function send(options: SendOptions, sending: Sending): Promise<Response> {
  const { retries = 2, idempotency = false } = options;
  const key = sending.idempotencyKey ?? (idempotency && sending.method !== 'GET' ? crypto.randomUUID() : undefined);
  const repeats = sending.method === 'GET' || (idempotency && key !== undefined);
  for (let attempt = 0; ; attempt++) {
    const isLast = attempt >= retries;
    let response: Response;
    try {
      response = await sendOnce(options, sending, key);
    } catch (error) {
      if (isLast || !repeats || sending.signal?.aborted === true) throw error;
      await pause(firstWaitMs * 2 ** attempt, sending.signal);
      continue;
    }
    if (response.ok) return response;
    // 429 says that nothing was done, so anything may be sent again.
    const isPassing = response.status === 429 || (repeats && passing.has(response.status));
    if (isLast || !isPassing) throw await readProblem(response);
    await response.body?.cancel();
    await pause(waitOf(response, attempt), sending.signal);
  }
}

async function sendOnce(options: SendOptions, sending: Sending, key: string | undefined): Promise<Response> {
  const { url, fetch: platform = fetch, headers, timeoutMs = 30_000, consistency } = options;
  const { method, path, query, body, signal } = sending;
  const text = query === undefined || query.size === 0 ? '' : `?${query.toString()}`;
  const timeout = AbortSignal.timeout(timeoutMs);
  const carried = consistency.token;
  const response = await platform(url.replace(/\/$/, '') + path + text, {
    method,
    headers: {
      accept: 'application/json',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(key === undefined ? {} : { 'idempotency-key': key }),
      ...(carried === undefined ? {} : { [tokenHeader]: carried }),
      ...(await headers?.()),
      ...sending.headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
  });
  const token = response.headers.get(tokenHeader);
  if (token !== null) consistency.note(token, carried);
  return response;
}

function waitOf({ headers }: Response, attempt: number): number {
  const seconds = Number(headers.get('retry-after') ?? Number.NaN);
  const wait = Number.isFinite(seconds) ? seconds * 1_000 : firstWaitMs * 2 ** attempt;
  return Math.min(wait, longestWaitMs);
}

/** A little at random, so that clients that failed together do not come back together. */
async function pause(waitMs: number, signal: AbortSignal | undefined): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const stop = (): void => reject(signal?.reason as Error);
  const timer = setTimeout(resolve, waitMs * (1 + Math.random() / 4));
  signal?.addEventListener('abort', stop, { once: true });
  try {
    await promise;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', stop);
  }
}
