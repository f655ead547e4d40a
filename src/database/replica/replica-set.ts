import type { Replication } from '../../dialect/replication.ts';
import type { AcquireOptions, Checkout, ConnectionSource } from '../../driver/pool/pool.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import type { LogMark } from './lag-gauge.ts';
import type { Replica, ReplicaMetrics } from './replica.ts';
import type { ReplicaSettings } from './replica-settings.ts';

export interface ReplicaSetOptions {
  readonly replicas: readonly Replica[];
  /** Where reads go when no replica is fit. */
  readonly primary: ConnectionSource;
  /** Absent: the engine does not say how far a replica is. */
  readonly replication: Replication | undefined;
  readonly settings: ReplicaSettings;
}

/** Replicas as one source of connections for reading: each in its turn while it is fit, and the primary for all else. */
export class ReplicaSet implements ConnectionSource {
  readonly replication: Replication | undefined;
  readonly primary: ConnectionSource;
  readonly #replicas: readonly Replica[];
  readonly #checkEveryMs: number;
  #turn = 0;
  #onPrimary = 0;
  #latest: LogMark | undefined;
  #timer: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor({ replicas, primary, replication, settings }: ReplicaSetOptions) {
    this.replication = replication;
    this.primary = primary;
    this.#replicas = replicas;
    this.#checkEveryMs = settings.checkEveryMs;
  }

  /** The next replica that is fit; undefined when none is. */
  next(): Replica | undefined {
    const { length } = this.#replicas;
    for (let tried = 0; tried < length; tried += 1) {
      this.#turn = (this.#turn + 1) % length;
      const replica = this.#replicas[this.#turn];
      if (replica?.state === 'used') return replica;
    }
    return undefined;
  }

  take(origin?: Error): Checkout | undefined {
    const turn = this.#turn;
    const replica = this.next();
    if (replica === undefined) return this.takeFromPrimary(origin);
    const checkout = replica.take(origin);
    // Whoever gets nothing now asks again with patience, and it is still this replica's turn.
    if (checkout === undefined) this.#turn = turn;
    return checkout;
  }

  /** A free connection of the next replica, if that is one of these; otherwise it is still its turn. */
  takeFrom(some: ReadonlySet<Replica>, origin?: Error): Checkout | undefined {
    const turn = this.#turn;
    const replica = this.next();
    const checkout = replica !== undefined && some.has(replica) ? replica.take(origin) : undefined;
    if (checkout === undefined) this.#turn = turn;
    return checkout;
  }

  async acquire(options: AcquireOptions = {}): Promise<Checkout> {
    if (options.steady === true) return await this.acquireFromPrimary(options);
    for (let replica = this.next(); replica !== undefined; replica = this.next()) {
      const checkout = await this.acquireFrom(replica, options);
      if (checkout !== undefined) return checkout;
    }
    return await this.acquireFromPrimary(options);
  }

  /** A connection of this replica; undefined when it turns out that it cannot be reached. */
  async acquireFrom(replica: Replica, options: AcquireOptions): Promise<Checkout | undefined> {
    try {
      return await replica.acquire(options);
    } catch (error) {
      if (isOwnDoing(error, options)) throw error;
      replica.leave(error);
      return undefined;
    }
  }

  takeFromPrimary(origin?: Error): Checkout | undefined {
    const checkout = this.primary.take(origin);
    if (checkout !== undefined) this.#onPrimary += 1;
    return checkout;
  }

  async acquireFromPrimary(options: AcquireOptions): Promise<Checkout> {
    this.#onPrimary += 1;
    return await this.primary.acquire(options);
  }

  suspect(): void {
    for (const replica of this.#replicas) replica.suspect();
    this.primary.suspect();
  }

  metrics(): { readonly replicas: readonly ReplicaMetrics[]; readonly readsOnPrimary: number } {
    return { replicas: this.#replicas.map((replica) => replica.metrics()), readsOnPrimary: this.#onPrimary };
  }

  /** Looks at every replica now, and again after each pause. */
  async watch(): Promise<void> {
    const looks = this.#look();
    this.#later();
    await looks;
  }

  async close(options?: { readonly withinMs?: number | undefined }): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    await Promise.all(this.#replicas.map(async (replica) => await replica.close(options)));
  }

  /** A replica that takes its time holds up neither the next look at the others nor the process. */
  #later(): void {
    if (this.#isClosed) return;
    this.#timer = setTimeout(() => {
      void this.#look();
      this.#later();
    }, this.#checkEveryMs).unref();
  }

  async #look(): Promise<void> {
    await this.#mark();
    await Promise.all(this.#replicas.map(async (replica) => await replica.check(this.replication, this.#latest)));
  }

  /** A primary that does not answer writes nothing new: then the last mark stays the latest. */
  async #mark(): Promise<void> {
    const { replication } = this;
    if (replication === undefined) return;
    const at = performance.now();
    try {
      const checkout = await this.primary.acquire({ signal: AbortSignal.timeout(this.#checkEveryMs) });
      try {
        const position = await replication.position(checkout.connection);
        this.#latest = position === undefined ? undefined : { position, at };
      } finally {
        checkout.release();
      }
    } catch {
      // The next look asks again.
    }
  }
}

/** The caller left, or we closed, or this process holds all of its own connections: no fault of the replica. */
function isOwnDoing(error: unknown, { signal }: AcquireOptions): boolean {
  if (signal?.aborted === true) return true;
  return RowhouseError.has(error, 'POOL_EXHAUSTED') || RowhouseError.has(error, 'POOL_CLOSED');
}
