import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import type { Database } from '../database/database.ts';
import { RowhouseError } from '../errors/rowhouse-error.ts';
import { ExpiryWatch } from './expiry-watch.ts';
import { ensureLeaseTable, releaseLease, renewLease, tryTakeLease, type Lease } from './lease.ts';

export interface LeaseOptions {
  /** How long to wait while somebody else holds the lease, in milliseconds. */
  readonly waitMs: number;
  /** How long a holder that has died keeps it; renewed at a third of that. */
  readonly ttlMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** 15 s: a killed holder is replaced after 23 s, well within half a minute; a paused one survives a long garbage collection. */
const defaultTtlMs = 15_000;

const pollMs = 250;

/**
 * Runs `work` while holding the lease `name`, renewing it all the while. The work's signal fires when the lease is lost;
 * then whatever it gave is discarded and `LEASE_LOST` thrown, because somebody else may have begun. `renew` tells at once:
 * for after a statement that may have lasted longer than the lease.
 */
export async function withLease<T>(
  database: Database,
  name: string,
  options: LeaseOptions,
  work: (lease: Lease, signal: AbortSignal, renew: () => Promise<void>) => Promise<T>,
): Promise<T> {
  const ttlMs = options.ttlMs ?? defaultTtlMs;
  await ensureLeaseTable(database);
  const lease = await waitForLease(database, name, ttlMs, options);
  const lost = new AbortController();
  const stop = new AbortController();
  const renewing = keepRenewing(database, lease, ttlMs, stop.signal).catch((error: unknown) => {
    lost.abort(error);
  });
  try {
    const result = await work(lease, lost.signal, async () => await renewLease(database, lease, ttlMs));
    lost.signal.throwIfAborted();
    return result;
  } finally {
    stop.abort();
    await renewing;
    if (!lost.signal.aborted) await releaseLease(database, lease);
  }
}

async function waitForLease(
  database: Database,
  name: string,
  ttlMs: number,
  { waitMs, signal }: LeaseOptions,
): Promise<Lease> {
  const owner = `${hostname()}:${process.pid}:${randomUUID().slice(0, 8)}`;
  const until = performance.now() + waitMs;
  const watch = new ExpiryWatch(ttlMs / 2);
  for (;;) {
    const lease = await tryTakeLease(database, name, owner, ttlMs, (held) => watch.isDead(held));
    if (lease !== undefined) return lease;
    if (performance.now() >= until && !watch.isUndecided()) {
      throw new RowhouseError('LOCK_HELD', `somebody else has held ${name} for ${Math.round(waitMs / 1000)} s`, {
        details: { name, waitMs },
        hint: `wait for it to end; a holder that was killed is replaced after ${(ttlMs * 1.5) / 1000} s`,
      });
    }
    await delay(pollMs, undefined, { signal });
  }
}

async function keepRenewing(database: Database, lease: Lease, ttlMs: number, stop: AbortSignal): Promise<void> {
  let renewedAt = performance.now();
  for (;;) {
    // Counted from the start of the last renewal: one that was held up for long is out of date when it gets through.
    const pauseMs = Math.max(1, renewedAt + ttlMs / 3 - performance.now());
    await delay(pauseMs, undefined, { signal: stop, ref: false }).catch(() => undefined);
    if (stop.aborted) return;
    renewedAt = performance.now();
    await renewLease(database, lease, ttlMs);
  }
}
