import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { rateLimiter, type RateLimiter, type RateState } from './rate-limiter.ts';

/** How many requests a client may send. */
export interface RateLimitOptions {
  /** Whose request it is: a user's id, a token's, an address that a proxy vouches for. */
  readonly key: (request: Request) => string | Promise<string>;
  /** Most requests of one window, or a limiter of your own. */
  readonly limit: number | RateLimiter;
  /** A minute. */
  readonly windowMs?: number | undefined;
}

/** Counts requests and says in the headers of each response what is left. */
export interface RequestLimit {
  count(request: Request): Promise<RateState>;
  headers(state: RateState): Readonly<Record<string, string>>;
}

export function requestLimit({ key, limit, windowMs }: RateLimitOptions): RequestLimit {
  const limiter = typeof limit === 'number' ? rateLimiter({ limit, windowMs }) : limit;
  const policy = `"default";q=${limiter.limit};w=${Math.ceil(limiter.windowMs / 1_000)}`;
  return {
    count: async (request) => await limiter.take(await key(request)),
    headers: ({ remaining, resetMs }) => ({
      'ratelimit-policy': policy,
      ratelimit: `"default";r=${Math.max(0, remaining)};t=${seconds(resetMs)}`,
    }),
  };
}

/** Refuses a request that is one too many: `RATE_LIMITED`. */
export function refuseExcess({ remaining, resetMs }: RateState): void {
  if (remaining >= 0) return;
  throw new RowhouseError('RATE_LIMITED', 'there were too many requests: wait before the next one', {
    details: { retryAfterSeconds: seconds(resetMs) },
  });
}

function seconds(ms: number): number {
  return Math.ceil(ms / 1_000);
}
