/** Counts requests by whoever sends them. In front of several processes, make one on what they share. */
export interface RateLimiter {
  /** Most requests of one window. */
  readonly limit: number;
  readonly windowMs: number;
  /** Counts one request. */
  take(key: string): RateState | Promise<RateState>;
}

/** What is left after a request. */
export interface RateState {
  /** Of the window, this request counted; below 0 it is one too many. */
  readonly remaining: number;
  /** Until the window ends. */
  readonly resetMs: number;
}

/** How many requests a limiter allows. */
export interface RateLimiterOptions {
  readonly limit: number;
  /** A minute. */
  readonly windowMs?: number | undefined;
  /** Milliseconds since some moment; the process's own otherwise. */
  readonly now?: (() => number) | undefined;
}

interface Window {
  count: number;
  readonly endsAt: number;
}

/** A limiter in the memory of this process: a window begins with the first request of a key. */
export function rateLimiter(options: RateLimiterOptions): RateLimiter {
  const { limit, windowMs = 60_000, now = () => performance.now() } = options;
  const windows = new Map<string, Window>();
  let sweepAt = now() + windowMs;
  const sweep = (at: number): void => {
    sweepAt = at + windowMs;
    for (const [key, { endsAt }] of windows) if (endsAt <= at) windows.delete(key);
  };
  return {
    limit,
    windowMs,
    take(key) {
      const at = now();
      if (at >= sweepAt) sweep(at);
      let window = windows.get(key);
      if (window === undefined || window.endsAt <= at) windows.set(key, (window = { count: 0, endsAt: at + windowMs }));
      window.count++;
      return { remaining: limit - window.count, resetMs: window.endsAt - at };
    },
  };
}
