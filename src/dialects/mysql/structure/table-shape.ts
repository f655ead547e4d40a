/** A table as `show create table` tells it, taken apart as far as a plan needs it. All texts are as the server prints them. */
export interface TableShape {
  readonly name: string;
  readonly columns: readonly ColumnShape[];
  readonly indexes: readonly IndexShape[];
  readonly foreignKeys: readonly ForeignKeyShape[];
  readonly checks: readonly CheckShape[];
  readonly frame: FrameShape;
}

/** What belongs to the table and to none of its members. */
export type FrameShape = {
  /** `period for` clauses by name. */
  readonly periods: Texts;
  /** Options by keyword, in the order in which they are printed: `{ ENGINE: 'ENGINE=InnoDB' }`. */
  readonly options: Texts;
  readonly versioned: boolean;
  /** The whole clause, white space in front included; empty: the table has no partitions. */
  readonly partitioning: string;
};

/** Texts by their names. */
export type Texts = { readonly [name: string]: string };

/** A column. */
export type ColumnShape = {
  readonly name: string;
  /** The clauses of the definition in the order in which they are printed. */
  readonly parts: ColumnParts;
  /** Character set and collation that come from the table; empty: its own, or none. */
  readonly inherited: string;
};

/** The clauses of a column's definition. */
export type ColumnParts = { readonly [part in ColumnPart]?: string };

/** A clause that the definition of a column can have. */
export type ColumnPart =
  | 'type'
  | 'characterSet'
  | 'collate'
  | 'generated'
  | 'nullable'
  | 'default'
  | 'onUpdate'
  | 'autoIncrement'
  | 'visibility'
  | 'srid'
  | 'compressed'
  | 'versioning'
  | 'storage'
  | 'format'
  | 'attribute'
  | 'comment'
  | 'check';

/** An index or the primary key. */
export type IndexShape = {
  /** `PRIMARY` for the primary key. */
  readonly name: string;
  /** `PRIMARY KEY`, `UNIQUE KEY`, `KEY`, `FULLTEXT KEY`… */
  readonly method: string;
  /** The list in its parentheses. */
  readonly columns: string;
  /** What follows, but for `unused`. */
  readonly options: string;
  /** The clause that keeps the optimizer from using it, or nothing. */
  readonly unused: string;
};

/** A foreign key. */
export type ForeignKeyShape = {
  readonly name: string;
  readonly columns: string;
  /** The database of the referenced table where it is another one. */
  readonly database: string;
  readonly table: string;
  readonly referenced: string;
  readonly rules: string;
};

/** A check of a table. */
export type CheckShape = { readonly name: string; readonly expression: string; readonly enforcement: string };
