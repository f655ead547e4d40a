import type { Result, Statement } from '../../driver/connection.ts';
import type { Outcome } from './flight.ts';
import { isStale } from './statement-error.ts';

/** What becomes of a flight's outcomes. */
export interface Landing {
  /** Called once: with an outcome for each command, or with the error that took the line. */
  land(lost: Error | null, outcomes: readonly Outcome[]): void;
}

/** Where flights land: the connection, as far as they need it. */
export interface Ground {
  /** One flight less is on its way. */
  landed(lost: Error | null): void;
  /** Runs what the server had forgotten. */
  runAgain(statement: Statement, values: readonly unknown[]): Promise<Result>;
}

// Objects that keep the functions of a promise as they are. For closures of our own in their place V8 keeps what a call
// has made through several collections: a process grows by twice as much, and collecting takes a fifth of its time.

/** One command for one caller. With `again`, a statement that the server had forgotten runs once more. */
export class SingleLanding implements Landing {
  readonly #ground: Ground;
  readonly #again: Statement | undefined;
  readonly #values: readonly unknown[];
  readonly #resolve: (result: Result | Promise<Result>) => void;
  readonly #reject: (failure: Error) => void;

  constructor(
    ground: Ground,
    again: Statement | undefined,
    values: readonly unknown[],
    resolve: (result: Result | Promise<Result>) => void,
    reject: (failure: Error) => void,
  ) {
    this.#ground = ground;
    this.#again = again;
    this.#values = values;
    this.#resolve = resolve;
    this.#reject = reject;
  }

  land(lost: Error | null, [outcome]: readonly Outcome[]): void {
    this.#ground.landed(lost);
    const found = lost ?? outcome;
    if (!(found instanceof Error)) this.#resolve(found as Result);
    else if (this.#again !== undefined && isStale(found))
      this.#resolve(this.#ground.runAgain(this.#again, this.#values));
    else this.#reject(found);
  }
}

/** Several commands for one caller, who looks at each outcome. */
export class JointLanding implements Landing {
  readonly #ground: Ground;
  readonly #resolve: (outcomes: readonly Outcome[]) => void;
  readonly #reject: (failure: Error) => void;

  constructor(ground: Ground, resolve: (outcomes: readonly Outcome[]) => void, reject: (failure: Error) => void) {
    this.#ground = ground;
    this.#resolve = resolve;
    this.#reject = reject;
  }

  land(lost: Error | null, outcomes: readonly Outcome[]): void {
    this.#ground.landed(lost);
    if (lost === null) this.#resolve(outcomes);
    else this.#reject(lost);
  }
}
