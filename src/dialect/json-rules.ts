/** What a value inside a JSON document is compared as: nothing is converted, so `1` and `"1"` differ. */
export type JsonScalar = 'string' | 'number' | 'boolean';

export type JsonTest = 'eq' | 'gt' | 'gte' | 'lt' | 'lte' | 'has';

/** A test of the value at a path of a JSON column; the path is a list of member names. */
export interface JsonQuestion {
  readonly column: string;
  readonly path: readonly string[];
  readonly test: JsonTest;
  readonly of: JsonScalar;
  readonly placeholder: string;
}

/** How an engine looks into JSON documents. Everything is SQL text; where there is no such path a test is false or null. */
export interface JsonRules {
  /** Is the value at the path of this type, and equal, greater, … or an array that has it? */
  compare(question: JsonQuestion): string;
  /** The value as the parameter of `compare`. */
  parameter(test: JsonTest, value: string | number | boolean): unknown;
  /** The string at the path, without quotes; null for anything else. */
  text(column: string, path: readonly string[]): string;
  /** There is nothing at the path, or a JSON null. */
  isNull(column: string, path: readonly string[]): string;
}
