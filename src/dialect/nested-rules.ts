import type { ColumnType } from '../catalog/model/column-type.ts';
import type { Codec } from './codec.ts';

/**
 * How an engine puts related rows into one cell of a row: JSON text, an array of rows that are arrays of cells. All
 * members give SQL text.
 */
export interface NestedRules {
  /** A column as it stands in JSON, without loss; null is null. */
  cell(column: string, type: ColumnType): string;
  /** Reads what JSON holds of a column; `codec` is the one for a cell that is not inside JSON. */
  codec(type: ColumnType, codec: Codec): Codec;
  /** A JSON array of these; there may be up to `nestedCells`. */
  array(cells: readonly string[]): string;
  /** A JSON array made by a subquery, as an element of another one. */
  element(subquery: string): string;
  /** A subquery that gives the JSON array of the rows. Without any: null or an empty array. */
  rows(rows: NestedRows): string;
  /** So many placeholders of a limit stand between those of `row` and those of `source`; with none, one stands at the end. */
  readonly limitsBefore: number;
  /**
   * A server that finds an array too long cuts it or gives null instead. So `rows` gives the array and the number of rows
   * that were meant, also for the one row of a relation.
   */
  readonly counted: boolean;
  /** The array has no order that the engine promises: every row of an ordered one carries its number as its last cell. */
  readonly numbered: boolean;
}

/** The rows of a branch: the JSON of one, where they come from, and which of them in which order. */
export interface NestedRows {
  readonly row: string;
  /** `from … where …`. */
  readonly source: string;
  /** The terms of ORDER BY; empty: any order. */
  readonly order: string;
  /** The placeholders of the limit; empty: all rows. */
  readonly limits: readonly string[];
}

/** Cells of one JSON array: engines stop at 100 arguments of a function. A wider row is an array of such arrays. */
export const nestedCells = 50;
