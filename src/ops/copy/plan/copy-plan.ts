import type { Catalog } from '../../../catalog/model/catalog.ts';
import type { ColumnType } from '../../../catalog/model/column-type.ts';
import type { Table } from '../../../catalog/model/table.ts';
import type { Codec } from '../../../dialect/codec.ts';
import type { CopyNote, Skipped } from '../copy-report.ts';

/** What a copy does, decided before anything is written. */
export interface CopyPlan {
  /** Tables that others refer to come first. */
  readonly tables: readonly TableCopy[];
  readonly skipped: readonly Skipped[];
  readonly notes: readonly CopyNote[];
  /** What the target has once all tables are made. */
  readonly target: Catalog;
}

/** One table of the source and where its rows go. */
export interface TableCopy {
  /** The source's display name. */
  readonly name: string;
  /** The table as it is or will be on the target. */
  readonly table: Table;
  readonly exists: boolean;
  readonly from: TableSide;
  readonly to: TableSide;
  /** Positions of the columns by which rows are read in order; empty: the table is copied as a whole. */
  readonly key: readonly number[];
}

/** A table on one side: the copied columns, in the same order on both. */
export interface TableSide {
  /** Quoted, with its namespace. */
  readonly table: string;
  readonly columns: readonly CopiedColumn[];
}

export interface CopiedColumn {
  readonly label: string;
  /** Quoted. */
  readonly name: string;
  readonly type: ColumnType;
  readonly codec: Codec;
}
