import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { callSite } from './call-site.ts';
import type { PoolMetrics } from './pool-metrics.ts';
import type { PoolSettings } from './pool-settings.ts';

/** A checkout that has not come back yet. */
export interface HeldCheckout {
  readonly takenAt: number;
  readonly origin: Error | undefined;
}

/** The error of a caller that waited too long: it names the sizes and who holds the connections. */
export function poolExhausted(
  settings: PoolSettings,
  metrics: PoolMetrics,
  held: Iterable<HeldCheckout>,
  now: number,
): RowhouseError {
  const { size, overflow, timeoutMs } = settings;
  const { inUse, pending, waiting } = metrics;
  return new RowhouseError(
    'POOL_EXHAUSTED',
    `no connection became free in ${timeoutMs / 1000} s: pool size ${size}, overflow ${overflow}, ${usage(inUse, pending)}`,
    {
      details: { size, overflow, inUse, pending, waiting, longestHeld: longestHeld(held, now) },
      hint:
        'raise the pool size or overflow; end transactions and sessions sooner; switch pre-ping on if the server drops ' +
        'idle connections; look in details.longestHeld for a session that is never closed',
    },
  );
}

function usage(inUse: number, pending: number): string {
  return pending === 0 ? `all ${inUse} in use` : `${inUse} in use, ${pending} still connecting`;
}

function longestHeld(held: Iterable<HeldCheckout>, now: number): readonly { forMs: number; at: string }[] {
  return [...held]
    .toSorted((a, b) => a.takenAt - b.takenAt)
    .slice(0, 5)
    .map(({ takenAt, origin }) => ({
      forMs: Math.round(now - takenAt),
      at: (origin && callSite(origin)) ?? 'a single statement',
    }));
}
