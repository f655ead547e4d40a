/** The number sources behind columns. */
export interface Numbering {
  /** Moves the source of this column past every number in the table. Does nothing for a column without one. */
  passMaximum(table: string, column: string): NumberingStatement;
}

/** SQL text with its values; `table` and `column` were given quoted. */
export interface NumberingStatement {
  readonly sql: string;
  readonly values: readonly unknown[];
}
