import type { DefinitionStatement, DoneProbe } from '../../../dialect/definition.ts';

/** One clause of an `alter table`. */
export interface AlterClause {
  readonly sql: string;
  /** Without the others' help: `first` could run before them, `last` after them, as a statement of its own. */
  readonly place: 'first' | 'main' | 'last';
  readonly cost: AlterCost;
  /** What it changes or drops, as it stands before: the names in it are the clause's, too. */
  readonly about?: string;
  /** Clauses of the same key belong in one statement: apart they would fail, or leave rows unguarded for a moment. */
  readonly keys?: readonly string[];
  /** True once its statement has taken effect; a statement takes effect as a whole. */
  readonly done?: DoneProbe;
  /** The column, as SQL, whose values go with it. */
  readonly loses?: string;
  /** What a person should know before it runs. */
  readonly note?: string;
}

/** What it takes at worst: nothing but the catalog; all rows read; all rows written again while writers wait. */
export type AlterCost = 'catalog' | 'read' | 'copy';

/** Clauses that run as one statement, and what stands in front of and behind their list. */
export interface AlterStatement {
  readonly table: string;
  readonly clauses: readonly AlterClause[];
  /** The partitioning clause, which no comma separates from the list. */
  readonly partitioning?: string;
  /** The one clause must be the last of its statement. */
  readonly standsAlone?: true;
  /** The table keeps the history of its rows. */
  readonly versioned: boolean;
  /** The same for statements that could be one: those that follow each other for another reason have different ones. */
  readonly step: object | string;
}

/** A statement of a plan that can still be taken apart. */
export interface PlannedAlter extends DefinitionStatement {
  readonly alter: AlterStatement;
}

/** Is it one that can be taken apart? */
export function isPlannedAlter(statement: DefinitionStatement): statement is PlannedAlter {
  return 'alter' in statement && statement.asks === true;
}
