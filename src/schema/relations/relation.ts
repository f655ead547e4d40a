import type { AnyTable } from '../table/table.ts';
import type { RelationKeys } from './resolve-keys.ts';

/** A relation as it is declared; its keys are found when all are known. */
export interface Relation<Many extends boolean, Target extends string, From, Optional extends boolean> {
  readonly many: Many;
  readonly target: Target;
  readonly keys: RelationKeys;
  readonly optional: Optional;
  readonly $from: From;
}

/** Any relation. Without the key's type: as the type that is wanted it would be taken for the one that was given. */
export type AnyRelation = Omit<Relation<boolean, string, unknown, boolean>, '$from'>;

/** Which columns a relation to many rows goes over; only needed where several foreign keys lead there. */
export interface ManyOptions {
  /** Columns here; with `through`, the columns of the join table that lead here. */
  readonly from?: string | readonly string[] | undefined;
  /** Columns there; with `through`, the columns of the join table that lead there. */
  readonly to?: string | readonly string[] | undefined;
  /** The table between the two. */
  readonly through?: AnyTable | undefined;
}

/** Which columns a relation to one row goes over; only needed where several foreign keys lead there. */
export interface OneOptions<From, Optional> {
  /** Columns here. */
  readonly from?: From;
  /** Columns there. */
  readonly to?: string | readonly string[] | undefined;
  /** There may be no row, though the key is not null: the type says so too. */
  readonly optional?: Optional;
}

/** Declares relations: `r.many.books()`, `r.one.authors({ from: 'editorId' })`. */
export interface RelationBuilder<Tables> {
  /** The row has any number of rows there. */
  readonly many: { readonly [K in keyof Tables & string]: (options?: ManyOptions) => Relation<true, K, never, false> };
  /** The row has one row there, or none. */
  readonly one: {
    readonly [K in keyof Tables & string]: <
      const From extends string | readonly string[] = never,
      const Optional extends boolean = false,
    >(
      options?: OneOptions<From, Optional>,
    ) => Relation<false, K, From, Optional>;
  };
  /** The tables, for `through`. */
  readonly tables: Tables;
}
