import type { SeedFunction } from '../seed.ts';
import type { Position } from '../seed-error.ts';
import type { JsonNode } from './parse-json.ts';

/** What a seed file says, before it is held against the schema. */
export type SeedSource = RowsSource | FunctionSource;

export interface RowsSource {
  readonly kind: 'rows';
  readonly file: string;
  /** Its table's name, or the table itself in code. */
  readonly table: unknown;
  readonly tablePosition?: Position | undefined;
  /** The natural key; absent: the table's only one. */
  readonly key?: readonly string[] | undefined;
  readonly rows: readonly SourceRow[];
}

export interface FunctionSource {
  readonly kind: 'function';
  readonly file: string;
  readonly run: SeedFunction;
}

export interface SourceRow {
  readonly position?: Position | undefined;
  readonly cells: readonly SourceCell[];
}

/** One member of a row: `name` is a property or a column of the table. */
export interface SourceCell {
  readonly name: string;
  readonly position?: Position | undefined;
  readonly value: SourceValue;
}

export type SourceValue =
  | { readonly kind: 'json'; readonly node: JsonNode }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'null' }
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'reference'; readonly table: unknown; readonly match: readonly SourceCell[] };
