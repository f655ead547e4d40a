import { setTimeout as delay } from 'node:timers/promises';
import { interruption } from '../../database/interruption.ts';
import type { PinnedSession } from '../../database/pinned-session.ts';
import type { Load } from '../../dialect/load.ts';

/** Often enough to stop in time, seldom enough to be no load itself. */
const askEveryMs = 500;

/** A replica further behind than this gives answers that users notice. */
const mostLagMs = 5_000;

/** A server with more at the same time has more to do than it can. */
const mostRunning = 64;

/** The share of the time for which a cluster may hold writes back before we leave it the rest. */
const mostHeldBack = 0.05;

const pauseMs = 250;

/** After a minute a batch goes on all the same: whatever keeps the server busy may never end. */
const longestPauseMs = 60_000;

/** The line on which the server is asked. */
export type LoadedSession = Pick<PinnedSession, 'dialect' | 'connection'>;

/** Holds a backfill back while the server, or those that follow it, have too much to do. */
export class Throttle {
  readonly #session: LoadedSession;
  #askedAt = -Infinity;
  #heldBackMs: number | undefined;

  constructor(session: LoadedSession) {
    this.#session = session;
  }

  /** Waits until the server has time for a batch; gives the most rows that it takes, where it says so. */
  async ready(signal: AbortSignal | undefined): Promise<number | undefined> {
    const giveUpAt = performance.now() + longestPauseMs;
    for (;;) {
      const sinceMs = performance.now() - this.#askedAt;
      if (sinceMs < askEveryMs) return undefined;
      const load = await this.#ask();
      if (!this.#isTooMuch(load, sinceMs) || performance.now() > giveUpAt) return load.mostRows;
      this.#askedAt = performance.now() - askEveryMs;
      await pause(pauseMs, signal);
    }
  }

  async #ask(): Promise<Load> {
    this.#askedAt = performance.now();
    const { dialect, connection } = this.#session;
    try {
      return (await dialect.load?.read(connection)) ?? {};
    } catch (error) {
      throw dialect.errors.translate(error, { during: 'statement' });
    }
  }

  #isTooMuch({ replicaLagMs = 0, runningSessions = 0, heldBackMs }: Load, sinceMs: number): boolean {
    const heldBefore = this.#heldBackMs ?? heldBackMs ?? 0;
    this.#heldBackMs = heldBackMs;
    const heldShare = Number.isFinite(sinceMs) ? ((heldBackMs ?? 0) - heldBefore) / sinceMs : 0;
    return replicaLagMs > mostLagMs || runningSessions > mostRunning || heldShare > mostHeldBack;
  }
}

/** Waits; `INTERRUPTED` when it is to end. */
export async function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await delay(ms, undefined, { signal });
  } catch {
    throw interruption(signal?.reason);
  }
}
