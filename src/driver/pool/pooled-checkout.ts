import type { Connection } from '../connection.ts';
import type { Checkout } from './pool.ts';

/** A connection as its pool sees it. */
export interface Slot {
  readonly connection: Connection;
  readonly openedAt: number;
  /** When the connection last proved alive. */
  seenAt: number;
  /** Who has it now. */
  heldBy: PooledCheckout | undefined;
}

export interface CheckoutOwner {
  giveBack(checkout: PooledCheckout, reason?: 'discarded'): void;
}

/** A slot in the hands of one caller. */
export class PooledCheckout implements Checkout {
  readonly connection: Connection;
  readonly slot: Slot;
  readonly takenAt: number;
  /** Where it was asked for, when the caller wanted that known. */
  readonly origin: Error | undefined;
  readonly #owner: CheckoutOwner;

  constructor(owner: CheckoutOwner, slot: Slot, takenAt: number, origin: Error | undefined) {
    this.#owner = owner;
    this.connection = slot.connection;
    this.slot = slot;
    this.takenAt = takenAt;
    this.origin = origin;
  }

  release(): void {
    this.#owner.giveBack(this);
  }

  discard(): void {
    this.#owner.giveBack(this, 'discarded');
  }
}
