import type { Column } from '../model/column.ts';
import type { Expression } from '../model/expression.ts';
import type { ObjectName } from '../model/object-name.ts';
import type { Table } from '../model/table.ts';

/**
 * What leads from one state to another while old and new code run: rows are kept aside, kept in step or filled in.
 * To the catalog, parking is dropping and restoring is making; the rest leaves it as it is. A `mark` is part of the name
 * under which something is parked: what is dropped, made again and dropped again is there twice.
 */
export type Transition =
  /** The column is moved aside under another name, with its values, and may be left out by inserts. */
  | { readonly kind: 'park-column'; readonly table: ObjectName; readonly column: string; readonly mark?: string }
  /** The table is moved aside with its rows, indexes, grants and policies. Its foreign keys are dropped before. */
  | { readonly kind: 'park-table'; readonly table: ObjectName; readonly mark?: string }
  /** Takes the column out of its parking place; where it was purged meanwhile, makes it again, empty. */
  | { readonly kind: 'restore-column'; readonly table: ObjectName; readonly column: Column; readonly mark?: string }
  | { readonly kind: 'restore-table'; readonly table: Table; readonly mark?: string }
  /** A write to either column is carried over to the other, whichever code makes it. */
  | {
      readonly kind: 'keep-in-step';
      readonly table: ObjectName;
      readonly from: string;
      readonly to: string;
      /** The value of `to` for a row, over `from`. Absent: the same value. */
      readonly forward?: Expression;
      /** The value of `from` for a row, over `to`. */
      readonly back?: Expression;
    }
  | {
      readonly kind: 'stop-in-step';
      readonly table: ObjectName;
      readonly from: string;
      readonly to: string;
      readonly forward?: Expression;
      readonly back?: Expression;
    }
  /** The old name of a renamed table goes on working, as a view through which rows can be written. */
  | {
      readonly kind: 'alias-table';
      readonly table: ObjectName;
      readonly alias: string;
      /** The columns that it has, those that old code knows. Absent: all. */
      readonly columns?: readonly string[];
    }
  | {
      readonly kind: 'drop-alias';
      readonly table: ObjectName;
      readonly alias: string;
      readonly columns?: readonly string[];
    }
  /** Sets columns of the rows that `where` picks, in batches by key; afterwards no row answers to `where`. */
  | {
      readonly kind: 'backfill';
      readonly table: ObjectName;
      readonly set: Readonly<Record<string, Expression>>;
      readonly where: Expression;
      /** Rows of one transaction. Default 1,000. */
      readonly batchRows?: number;
    }
  /** What is left when a backfill is undone: the values stay. */
  | { readonly kind: 'keep-values'; readonly backfill: BackfillOf };

type BackfillOf = Omit<Extract<Transition, { kind: 'backfill' }>, 'kind'>;

const kinds: Readonly<Record<Transition['kind'], true>> = {
  'park-column': true,
  'park-table': true,
  'restore-column': true,
  'restore-table': true,
  'keep-in-step': true,
  'stop-in-step': true,
  'alias-table': true,
  'drop-alias': true,
  backfill: true,
  'keep-values': true,
};

export function isTransition(change: { readonly kind: string }): change is Transition {
  return change.kind in kinds;
}
