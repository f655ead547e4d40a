import { AsyncLocalStorage } from 'node:async_hooks';
import { RowhouseError } from '../errors/rowhouse-error.ts';
import type { Session } from './session.ts';
import type { Transaction } from './transaction.ts';

/**
 * Knows in the function of which transaction code is running, for the sessions of one open database. What is called on
 * the database there takes part in the transaction: nothing happens beside it by mistake.
 */
export class AmbientTransaction {
  readonly #storage = new AsyncLocalStorage<Transaction | undefined>();
  readonly #isPlaced: boolean;

  /** `isPlaced`: each tenant has a place of its own, and so has the session of none. */
  constructor(isPlaced = false) {
    this.#isPlaced = isPlaced;
  }

  /** Runs the function of a transaction. */
  within<T>(transaction: Transaction, work: (transaction: Transaction) => Promise<T>): Promise<T> {
    return this.#storage.run(transaction, work, transaction);
  }

  /** Runs work that takes no part in the transaction around it. */
  outside<T>(work: () => T): T {
    return this.#storage.run(undefined, work);
  }

  /**
   * The transaction that a session outside of transactions takes part in: one about the same rows, or any where the
   * session is about none in particular.
   */
  around(session: Pick<Session, 'tenant' | 'allTenants'>): Transaction | undefined {
    const transaction = this.#storage.getStore();
    return transaction !== undefined && this.#isWithin(session, transaction) ? transaction : undefined;
  }

  /** Refuses a call inside a transaction about the rows of others with `TENANT_MISMATCH`. */
  refuseBeside(session: Pick<Session, 'tenant' | 'allTenants'>): void {
    const transaction = this.#storage.getStore();
    if (transaction === undefined || this.#isWithin(session, transaction)) return;
    throw new RowhouseError('TENANT_MISMATCH', 'a session cannot take part in a transaction about the rows of others', {
      hint: 'begin the transaction on the same session, or keep the work out of it with database.outside(…)',
    });
  }

  #isWithin({ tenant, allTenants }: Reach, transaction: Reach): boolean {
    if (tenant !== undefined) return tenant.value === transaction.tenant?.value;
    if (this.#isPlaced) return transaction.tenant === undefined;
    return allTenants === undefined || transaction.allTenants !== undefined;
  }
}

type Reach = Pick<Session, 'tenant' | 'allTenants'>;
