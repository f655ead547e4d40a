import type { ColumnType } from '../catalog/model/column-type.ts';
import type { AggregateRules } from './aggregate-rules.ts';
import type { FullTextRules } from './full-text-rules.ts';
import type { JsonRules } from './json-rules.ts';
import type { NestedRules } from './nested-rules.ts';
import type { PlannedRows } from './planned-rows.ts';

/** The parts of queries that engines spell differently. Everything is text to splice; values stay parameters. */
export interface QueryRules {
  /** Which statements can give back the rows they wrote. */
  readonly returning: { readonly insert: boolean; readonly update: boolean; readonly delete: boolean };
  /** A condition that holds inside a transaction only. A write under it may be sent before its transaction has begun. */
  readonly onlyWithin?: string | undefined;
  /** The tail of a select that locks its rows until the transaction ends. Absent: only one transaction writes at a time. */
  rowLock?(whenLocked: WhenLocked): string;
  /** The tail of a select by which a transaction sees what others committed since it began. Absent: none is needed. */
  readonly latestRead?: string;
  /** An insert without any column. */
  readonly emptyInsert: string;
  /** `column in (values)` with all values in one parameter, so that one plan serves any number of them. */
  inList(column: string, type: ColumnType, placeholder: string): string;
  /** Encoded values → the one parameter of `inList`. */
  listParameter(encoded: readonly unknown[], type: ColumnType): unknown;
  /** `(a, b) in (tuples)` with all tuples in as few parameters as can be; `placeholder` gives the next one. */
  tupleList(columns: readonly TypedColumn[], placeholder: () => string): string;
  /** Tuples of encoded values → the parameters of `tupleList`. */
  tupleParameters(tuples: readonly (readonly unknown[])[], columns: readonly TypedColumn[]): readonly unknown[];
  /** `column like pattern`, upper and lower case the same; the escape character is `\`. */
  insensitiveLike(column: string, placeholder: string): string;
  /** `column like pattern`, exact case; the escape character is `\`. */
  sensitiveLike(column: string, placeholder: string): string;
  /** One term of ORDER BY. Nulls sort last going up and first going down, on every engine. */
  orderTerm(column: string, direction: 'asc' | 'desc', nullable: boolean): string;
  /** An index serves `(a, b) > (x, y)`. Absent: the server reads everything before it too. */
  readonly rowComparisons?: true;
  /** The expression under which a column of this type is compared and sorted: the column itself, or a key made of it. */
  comparable(column: string, type: ColumnType): string;
  /** A placeholder to compare with, cast where the engine would otherwise guess a wrong type. */
  parameter(placeholder: string, type: ColumnType): string;
  /** The current moment by the database's clock, in UTC, as a value of a `timestamptz` or `timestamp` column of this type. */
  currentMoment(type: ColumnType): string;
  /** Most values of a row set that go into one insert statement; larger sets are cut. */
  readonly bulkRows: number;
  /** `insert into t (columns)` for many rows: the text and the values in wire form. */
  bulkInsert(insert: BulkInsert): BulkStatement;
  /** Absent: a large set goes in no quicker when the transaction around it is rolled back with it. */
  readonly quickBulk?: QuickBulk;
  /**
   * The tail of an insert, from its leading blank, that makes it an upsert on this key. On an engine that stops at any
   * unique key the update must leave rows alone that another key found.
   */
  upsert(upsert: UpsertClause): string;
  readonly upsertOutcome: UpsertOutcome;
  readonly aggregates: AggregateRules;
  readonly json: JsonRules;
  /** Absent: the engine has no full-text search on ordinary columns. */
  readonly fullText?: FullTextRules;
  /** `array column has all elements of the array`. Absent: the engine has no arrays. */
  arrayHas?(column: string, type: ColumnType, placeholder: string): string;
  /** Absent: related rows cannot come in the same statement. */
  readonly nested?: NestedRules;
  /** Absent: the planner does not say how many rows it expects. */
  readonly plannedRows?: PlannedRows;
}

/**
 * How one learns whether an upsert inserted its row: `returning` an expression that is 1 or 0, or 2 for a row that another
 * unique key found; by `changes` being 1; or by the result saying that it `met` a row.
 */
export type UpsertOutcome =
  | { readonly kind: 'returning'; readonly sql: string }
  | { readonly kind: 'changes' }
  | { readonly kind: 'met' };

/** What a read does about a row that another transaction has locked: wait for it, leave it out, or fail. */
export type WhenLocked = 'wait' | 'skip' | 'fail';

/** A quoted column name with its type. */
export interface TypedColumn {
  readonly name: string;
  readonly type: ColumnType;
}

export interface BulkInsert {
  /** Quoted table name. */
  readonly table: string;
  /** Quoted column names with their types. */
  readonly columns: readonly TypedColumn[];
  /** The numbers of an identity column that is always generated are given too. */
  readonly withNumbers?: true;
  /** Rows of encoded values, in the order of the columns. */
  readonly rows: readonly (readonly unknown[])[];
  /** By `quickBulk`: when it fails, the rows before the one that fails stay until the transaction is rolled back. */
  readonly quick?: boolean;
}

/** A quicker way for large sets, in a transaction that comes to nothing when a statement fails. */
export interface QuickBulk {
  /** Rows of a full part. */
  readonly rows: number;
  /** A set of fewer rows is not worth the question. */
  readonly from: number;
  /** A query with the table's name, not quoted, as its value. A row: the table can take it. */
  readonly question: string;
}

export interface BulkStatement {
  /** One of very few texts for any number of rows, so that it is worth keeping prepared. */
  readonly sql: string;
  readonly values: readonly unknown[];
}

/** A column of a unique key. */
export interface UpsertKey {
  /** Quoted. */
  readonly column: string;
  /** The key compares it in small letters. */
  readonly ignoresCase?: boolean | undefined;
}

export interface UpsertClause {
  /** The columns of the unique key that decides. */
  readonly key: readonly UpsertKey[];
  /** Quoted names of the columns written when the row exists; empty: the row is left as it is. */
  readonly update: readonly string[];
  /** Quoted columns and SQL written too when the row exists. */
  readonly assign: readonly { readonly column: string; readonly sql: string }[];
  /** The predicate of a partial unique index, where the key is one. */
  readonly where?: string | undefined;
  /** A quoted table and a column of it that must be equal in both rows; a row where it is not is left as it is. */
  readonly same?: { readonly table: string; readonly column: string } | undefined;
  /** The statement gives back what `upsertOutcome` asks for. */
  readonly told?: true | undefined;
}
