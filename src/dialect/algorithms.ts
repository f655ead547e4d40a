import type { Connection } from '../driver/connection.ts';
import type { DefinitionStatement } from './definition.ts';
import type { OnlineAlter, OnlineStep } from './online-alter.ts';

/** Finds out from the server how it would alter a table, before it does. */
export interface Algorithms {
  /**
   * The statements, in the same number and order; those that `ask` come with what the server `agreed` to. Changes nothing
   * that lasts. Throws `BUDGET_EXCEEDED` when one of them would stop those who write to a table with many rows, and
   * cannot be made in steps either.
   */
  choose(
    connection: Connection,
    statements: readonly DefinitionStatement[],
    options?: ChooseOptions,
  ): Promise<readonly DefinitionStatement[]>;
  /** The next step of a statement that is made in several. Only reads. */
  next(connection: Connection, alter: OnlineAlter): Promise<OnlineStep>;
}

export interface ChooseOptions {
  /** How many rows a table may have that is copied while writers wait. Default 1,000: that takes no longer than a query. */
  readonly blockedRows?: number | undefined;
}
