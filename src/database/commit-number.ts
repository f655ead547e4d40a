import type { CommitOutcome, TransactionMode } from '../dialect/session-statements.ts';
import type { Result, Statement } from '../driver/connection.ts';

/** What is known of a transaction's number: `undefined` when it could not be asked, `null` when nothing was written. */
export type KnownNumber = string | null | undefined;

/**
 * The number under which the server can say later whether a transaction was committed. It is asked in the flight of a
 * statement that may write, because asking in the flight of the commit would lose it together with the answer.
 */
export class CommitNumber {
  readonly #question: Statement | undefined;
  #known: KnownNumber;
  #mayBeStale = false;

  constructor(outcome: CommitOutcome | undefined, mode: TransactionMode) {
    const writesNothing = mode.readOnly === true;
    this.#question = outcome === undefined || writesNothing ? undefined : questionOf(outcome);
    this.#known = outcome === undefined && !writesNothing ? undefined : null;
  }

  get known(): KnownNumber {
    return this.#known;
  }

  /** The question to send along with a statement that may write; undefined when the answer is known or not to be had. */
  get open(): Statement | undefined {
    return typeof this.#known === 'string' ? undefined : this.#question;
  }

  /** The question that has to be asked before commit, because something may have been written since the last answer. */
  get overdue(): Statement | undefined {
    return this.#mayBeStale ? this.open : undefined;
  }

  markStale(): void {
    this.#mayBeStale = true;
  }

  learn(result: Result | undefined): void {
    const number = result?.rows[0]?.[0];
    this.#known = typeof number === 'string' ? number : null;
    this.#mayBeStale = false;
  }
}

const questions = new WeakMap<CommitOutcome, Statement>();

/** Named, so that it stays prepared: it then adds 10 to 14 µs to a flight, and 55 µs when it is parsed each time. */
function questionOf(outcome: CommitOutcome): Statement {
  const known = questions.get(outcome);
  if (known !== undefined) return known;
  const question = { sql: outcome.number, name: 'rowhouse_transaction_number' };
  questions.set(outcome, question);
  return question;
}
