/** How an engine finds words in text. */
export interface FullTextRules {
  /** `column has all the words`. */
  matches(column: string, placeholder: string): string;
  /** The words as the parameter of `matches`. */
  parameter(words: string): string;
  /** A search works only through an index of this method on the column alone. Absent: it works without, if slowly. */
  readonly needsIndex?: string;
}
