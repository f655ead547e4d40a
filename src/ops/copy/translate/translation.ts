import type { Catalog } from '../../../catalog/model/catalog.ts';
import type { Table } from '../../../catalog/model/table.ts';
import type { Dialect } from '../../../dialect/dialect.ts';

/** One side of a copy: its engine and what is in it. */
export interface Side {
  readonly dialect: Dialect;
  readonly catalog: Catalog;
}

/** What tables are translated between. */
export interface Between {
  readonly source: Side;
  readonly target: Side;
  readonly sameEngine: boolean;
  /** Names of members that the target has or will have, in lower case: some engines keep them unique per database. */
  readonly taken: Set<string>;
}

export type TranslatedTable =
  | { readonly kind: 'translated'; readonly table: Table; readonly notes: readonly string[] }
  | { readonly kind: 'impossible'; readonly reason: string };

/** Something said about a table that is kept where the target can have it. */
export interface Feature {
  /** For the note when it is left out: `index film_title_idx`. */
  readonly what: string;
  /** Ways to say it, nearest first; none when there is no way across engines. */
  readonly ways: readonly ((table: Table) => Table)[];
  /** What to say although it is kept: it has to be said in another way. */
  readonly note?: string;
}
