import type { Result } from '../driver/connection.ts';

/** How the engine's planner says how many rows it expects of a select, which does not run. */
export interface PlannedRows {
  /** The statement that asks about the select; its placeholders take the same values. */
  ask(select: string): string;
  /** The number of rows in the answer; undefined when it holds none. */
  read(answer: Result): number | undefined;
}
