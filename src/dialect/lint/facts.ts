import type { LintWord } from './word.ts';

/** A name as a statement writes it. */
export interface WrittenName {
  /** Absent: written without one. */
  readonly namespace?: string;
  readonly name: string;
  readonly at: number;
}

/** The type of a column, as far as it can be read. */
export interface TypeFacts {
  /** In lower case, without a namespace and without arguments: `timestamp with time zone`. Empty: none is written. */
  readonly name: string;
  readonly arguments: readonly LintWord[];
  readonly isArray: boolean;
  readonly at: number;
}

/** A column as a statement defines it. */
export interface ColumnFacts {
  readonly name: string;
  readonly type: TypeFacts;
  readonly notNull: boolean;
  /** Its default, word by word. */
  readonly default?: readonly LintWord[];
  readonly check: boolean;
  readonly unique: boolean;
  readonly primaryKey: boolean;
  readonly references?: WrittenName;
  /** A computed column: kept in the table, or worked out when read. */
  readonly generated?: 'stored' | 'virtual';
  readonly identity: boolean;
  readonly autoIncrement: boolean;
  readonly commented: boolean;
  /** `FIRST` or `AFTER` another one. */
  readonly placed: boolean;
  /** It says itself that NULL may stand in it. */
  readonly saysNull: boolean;
  readonly at: number;
}

/** A constraint of a table as a statement defines it. */
export interface ConstraintFacts {
  readonly kind: 'check' | 'unique' | 'primary-key' | 'foreign-key' | 'exclude' | 'not-null';
  readonly name?: string;
  /** It is not checked against the rows that are there. */
  readonly notValid: boolean;
  /** An index that is already built. */
  readonly usingIndex?: string;
  readonly references?: WrittenName;
  /** What stands between its first parentheses. */
  readonly inside: readonly LintWord[];
  readonly at: number;
}
