import type { DoneProbe } from '../../../dialect/definition.ts';

/** One clause of an `alter table`. */
export interface AlterClause {
  readonly sql: string;
  /** Without the others' help: `first` could run before them, `last` after them, as a statement of its own. */
  readonly place: 'first' | 'main' | 'last';
  readonly cost: AlterCost;
  /** True once its statement has taken effect; a statement takes effect as a whole. */
  readonly done?: DoneProbe;
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
  /** The table keeps the history of its rows. */
  readonly versioned: boolean;
}
