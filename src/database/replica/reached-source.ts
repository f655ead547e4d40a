import type { AcquireOptions, Checkout, ConnectionSource } from '../../driver/pool/pool.ts';
import type { Replica } from './replica.ts';
import type { ReplicaSet } from './replica-set.ts';

/**
 * Connections on which writes can be seen: of replicas that have reached their positions, each asked once, and of the
 * primary from the moment that a replica did not reach it in time.
 */
export class ReachedSource implements ConnectionSource {
  readonly #set: ReplicaSet;
  readonly #positions: readonly string[] | undefined;
  readonly #withinMs: number;
  readonly #reached = new Set<Replica>();
  #giveUpAt: number | undefined;
  #isOnPrimary: boolean;

  constructor(set: ReplicaSet, positions: readonly string[] | undefined, withinMs: number) {
    this.#set = set;
    this.#positions = positions;
    this.#withinMs = withinMs;
    this.#isOnPrimary = positions === undefined;
  }

  take(origin?: Error): Checkout | undefined {
    return this.#isOnPrimary ? this.#set.takeFromPrimary(origin) : this.#set.takeFrom(this.#reached, origin);
  }

  async acquire(options: AcquireOptions = {}): Promise<Checkout> {
    const replica = this.#isOnPrimary || options.steady === true ? undefined : this.#set.next();
    const checkout = replica && (await this.#set.acquireFrom(replica, options));
    if (replica === undefined || checkout === undefined) return await this.#set.acquireFromPrimary(options);
    if (this.#reached.has(replica) || (await this.#hasReached(replica, checkout))) return checkout;
    return await this.#set.acquireFromPrimary(options);
  }

  suspect(): void {
    this.#set.suspect();
  }

  /** When the answer is no, the connection is given back. */
  async #hasReached(replica: Replica, checkout: Checkout): Promise<boolean> {
    try {
      if (await this.#hasReachedAll(checkout)) {
        this.#reached.add(replica);
        return true;
      }
      this.#isOnPrimary = true;
      checkout.release();
    } catch {
      checkout.discard();
    }
    return false;
  }

  async #hasReachedAll({ connection }: Checkout): Promise<boolean> {
    const { replication } = this.#set;
    if (replication === undefined || this.#positions === undefined) return false;
    const giveUpAt = (this.#giveUpAt ??= performance.now() + this.#withinMs);
    for (const position of this.#positions) {
      const leftMs = Math.max(0, giveUpAt - performance.now());
      if (!(await replication.hasReached(connection, position, leftMs))) return false;
    }
    return true;
  }
}
