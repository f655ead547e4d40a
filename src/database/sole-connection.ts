import { isLocal, type Connection, type LocalConnection } from '../driver/connection.ts';
import type { AcquireOptions, Checkout, ConnectionSource } from '../driver/pool/pool.ts';
import { cancelledWaiting } from '../driver/pool/waiting-line.ts';
import { Turns } from './turns.ts';

/** One connection as a source of connections: who asks for it gets it in turn. It is never closed or replaced here. */
export class SoleConnection implements ConnectionSource {
  readonly #connection: Connection;
  readonly #turns = new Turns();

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  take(): Checkout | undefined {
    return this.#turns.tryEnter() ? this.#checkout() : undefined;
  }

  lend(): LocalConnection | undefined {
    return !this.#turns.isTaken && isLocal(this.#connection) ? this.#connection : undefined;
  }

  async acquire(options: AcquireOptions = {}): Promise<Checkout> {
    await this.#turns.enter();
    const checkout = this.#checkout();
    if (options.signal?.aborted !== true) return checkout;
    checkout.release();
    throw cancelledWaiting(options.signal.reason);
  }

  suspect(): void {
    // There is no other connection to doubt.
  }

  #checkout(): Checkout {
    let isHeld = true;
    const giveBack = (): void => {
      if (isHeld) this.#turns.leave();
      isHeld = false;
    };
    return { connection: this.#connection, release: giveBack, discard: giveBack };
  }
}
