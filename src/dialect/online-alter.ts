import type { Backfill, Precheck, StatementClass } from './definition.ts';

/**
 * A statement that the server could only carry out while others wait, and that is made in several steps instead.
 * `copy`: the table is copied as it is to be, kept in step meanwhile, and the copy takes its place. `unproved-key`: a
 * foreign key is made without a look at the rows, and proved afterwards. `parts`: an index of a table with partitions is built
 * for each of them by itself.
 */
export interface OnlineAlter {
  readonly kind: 'copy' | 'unproved-key' | 'parts';
  readonly table: string;
  /** The statement itself: what the steps make has names that are made of it, so a resume finds it again. */
  readonly sql: string;
}

/** What is to be done next, as the catalog shows. */
export interface OnlineStep {
  /** Nothing of an earlier run counts: progress that was saved is forgotten. */
  readonly startsAnew?: true;
  /** Rows to be copied, before the statements. */
  readonly backfill?: Backfill;
  /** Must give 1 before the statements run. */
  readonly proof?: string;
  /** Rows that must not be there before the statements run. */
  readonly prechecks?: readonly Precheck[];
  /** One after the other, each tried again while a lock is not given. */
  readonly statements: readonly OnlineStatement[];
  /** Takes back, as often as it is run, what was made so far: for when the step fails. */
  readonly undo: readonly string[];
  /** The change is made. */
  readonly isLast: boolean;
}

/** With what is to be set around it, and set back whatever becomes of it. */
export interface OnlineStatement {
  readonly sql: string;
  /** How long it may wait and run. Absent: as the statement that is made in steps. */
  readonly class?: StatementClass;
  readonly before?: string;
  readonly after?: string;
}
