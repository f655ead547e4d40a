import type { AcquireOptions, Checkout, ConnectionSource } from '../../driver/pool/pool.ts';
import type { Replica } from './replica.ts';
import type { ReplicaSet } from './replica-set.ts';

/**
 * Connections on which a write can be seen: of replicas that have reached its position, each asked once, and of the
 * primary from the moment that a replica did not reach it in time.
 */
export class ReachedSource implements ConnectionSource {
  readonly #set: ReplicaSet;
  readonly #position: string | undefined;
  readonly #withinMs: number;
  readonly #reached = new Set<Replica>();
  #giveUpAt: number | undefined;
  #isOnPrimary: boolean;

  constructor(set: ReplicaSet, position: string | undefined, withinMs: number) {
    this.#set = set;
    this.#position = position;
    this.#withinMs = withinMs;
    this.#isOnPrimary = position === undefined;
  }

  take(): Checkout | undefined {
    return this.#isOnPrimary ? this.#set.takeFromPrimary() : this.#set.takeFrom(this.#reached);
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
    const { replication } = this.#set;
    if (replication === undefined || this.#position === undefined) return false;
    this.#giveUpAt ??= performance.now() + this.#withinMs;
    const leftMs = Math.max(0, this.#giveUpAt - performance.now());
    try {
      if (await replication.hasReached(checkout.connection, this.#position, leftMs)) {
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
}
