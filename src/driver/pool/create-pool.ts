import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { isLocal, type Connection, type LocalConnection } from '../connection.ts';
import { keptWithin } from './kept-within.ts';
import type { AcquireOptions, Checkout, Pool } from './pool.ts';
import type { CloseReason, PoolEvent } from './pool-event.ts';
import { poolExhausted } from './pool-exhausted.ts';
import { noCounts, type PoolMetrics } from './pool-metrics.ts';
import type { PoolSettings } from './pool-settings.ts';
import { PooledCheckout, type CheckoutOwner, type Slot } from './pooled-checkout.ts';
import { isAlive } from './sign-of-life.ts';
import { cancelledWaiting, WaitingLine, type Waiter } from './waiting-line.ts';

export interface PoolOptions {
  readonly onEvent?: ((event: PoolEvent) => void) | undefined;
  /** Does anybody listen to the events now? Absent: always. */
  readonly isHeard?: (() => boolean) | undefined;
  /** Milliseconds from any fixed point. */
  readonly now?: (() => number) | undefined;
}

/** Makes a pool. Nothing is opened before somebody asks. */
export function createPool(
  connect: () => Promise<Connection>,
  settings: PoolSettings,
  options: PoolOptions = {},
): Pool {
  return new ConnectionPool(connect, settings, options);
}

/** Long enough for a burst to come back, short enough that nobody asks who holds the connections. */
const overflowLingersMs = 1000;
/** A goodbye that takes longer is taken for a dead line. */
const goodbyeMs = 5000;

/** How many loans go by between two looks at the clock, which take longer than all else in a loan. */
const lendsPerLook = 16;

class ConnectionPool implements Pool, CheckoutOwner {
  readonly #connect: () => Promise<Connection>;
  readonly #settings: PoolSettings;
  readonly #now: () => number;
  readonly #onEvent: ((event: PoolEvent) => void) | undefined;
  readonly #isHeard: () => boolean;
  readonly #kept: number;
  readonly #limit: number;

  /** Last in, first out: what is rarely needed stays at the bottom and can be closed. */
  readonly #idle: Slot[] = [];
  /** Every open connection: changed when one is opened or closed, not each time one is taken. */
  readonly #slots = new Set<Slot>();
  #inUse = 0;
  readonly #line = new WaitingLine<Checkout>();
  readonly #goodbyes = new Set<Promise<void>>();
  readonly #counts = noCounts();
  #pending = 0;
  #suspectAt = -Infinity;
  #trimTimer: NodeJS.Timeout | undefined;
  #drained: PromiseWithResolvers<void> | undefined;

  constructor(connect: () => Promise<Connection>, settings: PoolSettings, options: PoolOptions) {
    this.#connect = connect;
    this.#settings = settings;
    this.#now = options.now ?? (() => performance.now());
    this.#onEvent = options.onEvent;
    this.#isHeard = options.isHeard ?? (() => options.onEvent !== undefined);
    this.#kept = settings.disabled ? 0 : settings.size;
    this.#limit = settings.disabled ? Infinity : settings.size + settings.overflow;
  }

  take(origin?: Error): Checkout | undefined {
    return this.#takeIdle(origin);
  }

  lend(): LocalConnection | undefined {
    if (this.#line.length > 0 || this.#settings.prePing || this.#drained || this.#isHeard()) return undefined;
    const slot = this.#idle.at(-1);
    if (slot === undefined || !isLocal(slot.connection)) return undefined;
    if (slot.seenAt < this.#suspectAt || slot.connection.broken) return undefined;
    if (this.#counts.taken % lendsPerLook === 0 && this.#isWornOut(slot, this.#now())) return undefined;
    this.#counts.taken += 1;
    if (this.#inUse >= this.#counts.peakInUse) this.#counts.peakInUse = this.#inUse + 1;
    return slot.connection;
  }

  acquire(options: AcquireOptions = {}): Promise<Checkout> {
    if (this.#drained) return Promise.reject(closedPool());
    const { signal, origin } = options;
    if (signal?.aborted === true) return Promise.reject(cancelledWaiting(signal.reason));
    const taken = this.#takeIdle(origin);
    if (taken !== undefined) return Promise.resolve(taken);
    const waited = this.#line.join({
      timeoutMs: this.#settings.timeoutMs,
      signal,
      origin,
      since: this.#now(),
      onTimeout: () => this.#exhausted(),
    });
    this.#serve();
    return waited;
  }

  suspect(): void {
    this.#suspectAt = this.#now();
  }

  metrics(): PoolMetrics {
    return {
      ...this.#counts,
      idle: this.#idle.length,
      inUse: this.#inUse,
      pending: this.#pending,
      waiting: this.#line.length,
    };
  }

  async close(options: { readonly withinMs?: number | undefined } = {}): Promise<void> {
    const { withinMs = 10_000 } = options;
    this.#drained ??= Promise.withResolvers<void>();
    clearTimeout(this.#trimTimer);
    for (let waiter = this.#line.next(); waiter !== undefined; waiter = this.#line.next()) waiter.refuse(closedPool());
    for (const slot of this.#idle.splice(0)) this.#close(slot, 'shutdown');
    this.#settleDrained();
    await keptWithin(withinMs, this.#drained.promise);
    for (const checkout of this.#held()) {
      checkout.connection.destroy();
      this.giveBack(checkout, 'shutdown');
    }
    await Promise.all(this.#goodbyes);
  }

  #takeIdle(origin: Error | undefined): Checkout | undefined {
    if (this.#line.length > 0 || this.#settings.prePing || this.#drained) return undefined;
    for (let slot = this.#idle.pop(); slot !== undefined; slot = this.#idle.pop()) {
      if (slot.seenAt < this.#suspectAt) {
        this.#idle.push(slot);
        return undefined;
      }
      const now = this.#now();
      if (!this.#isWornOut(slot, now)) return this.#checkOut(slot, now, origin);
      this.#close(slot, 'recycled');
    }
    return undefined;
  }

  /** Starts whatever is needed so that everybody in line is served or waits for a return. */
  #serve(): void {
    while (this.#pending < this.#line.length) {
      const slot = this.#idle.pop();
      if (slot !== undefined) this.#reuse(slot);
      else if (this.#idle.length + this.#inUse + this.#pending + this.#goodbyes.size < this.#limit) void this.#open();
      else return;
    }
  }

  #reuse(slot: Slot): void {
    if (this.#isWornOut(slot, this.#now())) this.#close(slot, 'recycled');
    else if (this.#settings.prePing || slot.seenAt < this.#suspectAt) void this.#verify(slot);
    else this.#offer(slot);
  }

  async #open(): Promise<void> {
    const startedAt = this.#now();
    this.#pending += 1;
    try {
      this.#welcome(await this.#connect(), startedAt);
    } catch (error) {
      this.#pending -= 1;
      this.#counts.connectFailures += 1;
      this.#onEvent?.({ kind: 'connect-failed', error });
      this.#line.next()?.refuse(error);
      this.#serve();
    }
    this.#settleDrained();
  }

  #welcome(connection: Connection, startedAt: number): void {
    const now = this.#now();
    const slot: Slot = { connection, openedAt: now, seenAt: now, heldBy: undefined };
    this.#slots.add(slot);
    connection.onLost((error) => this.#lost(slot, error));
    this.#pending -= 1;
    this.#counts.opened += 1;
    this.#onEvent?.({ kind: 'opened', sessionId: connection.sessionId, tookMs: now - startedAt });
    this.#offer(slot);
  }

  async #verify(slot: Slot): Promise<void> {
    this.#pending += 1;
    const alive = await isAlive(slot.connection);
    this.#pending -= 1;
    if (alive) {
      slot.seenAt = this.#now();
      this.#offer(slot);
    } else {
      this.#close(slot, 'broken');
    }
    this.#serve();
    this.#settleDrained();
  }

  /** A live connection for the first in line, or to keep. */
  #offer(slot: Slot): void {
    if (this.#drained) return this.#close(slot, 'shutdown');
    const waiter = this.#line.next();
    if (waiter !== undefined) return this.#hand(slot, waiter);
    if (this.#settings.disabled) return this.#close(slot, 'disabled');
    this.#idle.push(slot);
    if (this.#idle.length > this.#kept) this.#trimSoon();
  }

  #hand(slot: Slot, waiter: Waiter<Checkout>): void {
    const now = this.#now();
    const waitedMs = now - waiter.since;
    this.#counts.waitedMs += waitedMs;
    waiter.serve(this.#checkOut(slot, now, waiter.origin, waitedMs));
  }

  #checkOut(slot: Slot, now: number, origin: Error | undefined, waitedMs = 0): Checkout {
    const checkout = new PooledCheckout(this, slot, now, origin);
    slot.heldBy = checkout;
    this.#inUse += 1;
    this.#counts.taken += 1;
    if (this.#inUse > this.#counts.peakInUse) this.#counts.peakInUse = this.#inUse;
    this.#onEvent?.({ kind: 'taken', sessionId: slot.connection.sessionId, waitedMs });
    return checkout;
  }

  /** Called by the checkout, once or more often. */
  giveBack(checkout: PooledCheckout, reason?: CloseReason): void {
    const { slot, takenAt } = checkout;
    if (slot.heldBy !== checkout) return;
    slot.heldBy = undefined;
    this.#inUse -= 1;
    const now = this.#now();
    slot.seenAt = now;
    this.#onEvent?.({ kind: 'returned', sessionId: slot.connection.sessionId, heldMs: now - takenAt });
    if (slot.connection.broken) this.#close(slot, 'broken');
    else if (reason !== undefined) this.#close(slot, reason);
    else if (this.#settings.disabled) this.#close(slot, 'disabled');
    else if (this.#isWornOut(slot, now)) this.#close(slot, 'recycled');
    else this.#offer(slot);
    if (this.#line.length > 0) this.#serve();
    if (this.#drained) this.#settleDrained();
  }

  #held(): readonly PooledCheckout[] {
    return [...this.#slots].flatMap(({ heldBy }) => heldBy ?? []);
  }

  #isWornOut(slot: Slot, now: number): boolean {
    const { recycleMs } = this.#settings;
    return slot.connection.broken || (recycleMs > 0 && now - slot.openedAt >= recycleMs);
  }

  #lost(slot: Slot, error: unknown): void {
    this.#counts.lost += 1;
    this.#onEvent?.({ kind: 'lost', sessionId: slot.connection.sessionId, error });
    this.suspect();
    const position = this.#idle.indexOf(slot);
    if (position === -1) return;
    this.#idle.splice(position, 1);
    this.#close(slot, 'broken');
  }

  #close(slot: Slot, reason: CloseReason): void {
    const { connection } = slot;
    this.#slots.delete(slot);
    this.#counts.closed += 1;
    this.#onEvent?.({ kind: 'closed', sessionId: connection.sessionId, reason });
    if (connection.broken || reason === 'broken') return connection.destroy();
    const goodbye = keptWithin(goodbyeMs, connection.close()).then((said) => {
      if (!said) connection.destroy();
      this.#goodbyes.delete(goodbye);
      this.#serve();
    });
    this.#goodbyes.add(goodbye);
  }

  #trimSoon(): void {
    this.#trimTimer ??= setTimeout(() => {
      this.#trimTimer = undefined;
      for (const slot of this.#idle.splice(0, this.#idle.length - this.#kept)) this.#close(slot, 'overflow');
    }, overflowLingersMs).unref();
  }

  #settleDrained(): void {
    if (this.#inUse + this.#pending === 0) this.#drained?.resolve();
  }

  #exhausted(): RowhouseError {
    this.#counts.timeouts += 1;
    this.#onEvent?.({ kind: 'exhausted', waiting: this.#line.length });
    return poolExhausted(this.#settings, this.metrics(), this.#held(), this.#now());
  }
}

function closedPool(): RowhouseError {
  return new RowhouseError('POOL_CLOSED', 'the pool is closed');
}
