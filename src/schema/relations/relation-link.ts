import type { AnyTable } from '../table/table.ts';

/** Where a table keeps its relations; a symbol, so that no column name can collide with it. */
export const relationLinks: unique symbol = Symbol.for('rowhouse.relations');

/** A relation with its keys found. Columns are named by their properties. */
export interface RelationLink {
  readonly name: string;
  readonly many: boolean;
  /** The related table, with relations of its own. */
  readonly target: AnyTable;
  /** The columns here, each equal to its pair in `to`, or in `through.near` where there is a join table. */
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly through?: JoinTable | undefined;
  /** No second row there can have the key. */
  readonly unique: boolean;
}

/** The table between two tables: `near` equals the columns here, `far` those there. */
export interface JoinTable {
  readonly table: AnyTable;
  readonly near: readonly string[];
  readonly far: readonly string[];
}

/** The relations of a table; none where it was not declared with any. */
export function relationsOf(table: AnyTable): readonly RelationLink[] {
  return (table as { readonly [relationLinks]?: () => readonly RelationLink[] })[relationLinks]?.() ?? [];
}
