import type { BeginOptions, OpenTransaction, Transaction } from '../database/transaction.ts';
import type { Session } from '../database/session.ts';
import { RowhouseError } from '../errors/rowhouse-error.ts';

/** A transaction that somebody else ends: the outermost, or a savepoint in one that is open. */
export interface HeldTransaction {
  readonly session: Session;
  commit(): Promise<void>;
  rollback(): Promise<void>;
}

/** Begins a transaction on a session; in a transaction already it is a savepoint. */
export async function holdTransaction(session: Session, options: BeginOptions): Promise<HeldTransaction> {
  if (session.inTransaction || session.ambient !== undefined) return await holdSavepoint(session, options);
  if (!canBegin(session)) {
    throw new RowhouseError('USAGE', 'the session cannot begin a transaction that somebody else ends', {
      hint: 'begin it with session.transaction() and give its session to kyselyOf',
    });
  }
  const transaction = await session.begin(options);
  return {
    session: transaction,
    commit: async () => await transaction.commit(),
    rollback: async () => await transaction.rollback(),
  };
}

function canBegin(session: Session): session is Session & { begin(options?: BeginOptions): Promise<OpenTransaction> } {
  return 'begin' in session && typeof session.begin === 'function';
}

/** The work of the savepoint waits until it is told how to end. */
async function holdSavepoint(session: Session, options: BeginOptions): Promise<HeldTransaction> {
  const opened = Promise.withResolvers<Transaction>();
  const ending = Promise.withResolvers<void>();
  const done = session.transaction(async (nested) => {
    opened.resolve(nested);
    await ending.promise;
  }, options);
  done.catch(opened.reject);
  return {
    session: await opened.promise,
    commit: async () => {
      ending.resolve();
      await done;
    },
    rollback: async () => {
      ending.reject(rolledBack);
      await done.catch((error: unknown) => {
        if (error !== rolledBack) throw error;
      });
    },
  };
}

const rolledBack = new RowhouseError('TRANSACTION_CLOSED', 'the savepoint was rolled back');
