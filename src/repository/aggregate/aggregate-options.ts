import type { Where } from '../filter/where.ts';
import type { ReadOptions } from '../repository.ts';

type Name<Row> = Extract<keyof Row, string>;

export interface Filtered<W> {
  readonly where?: W | undefined;
}

/** Which rows to compute over, and what. */
export interface AggregateOptions<Row> extends Measures<Row>, Filtered<Where<Row>> {}

/** What to compute over the rows of each group. Null is left out of all but `count`. */
export interface Measures<Row> extends ReadOptions {
  /** One row of results for each combination of these; without it one for all rows. */
  readonly groupBy?: readonly Name<Row>[] | undefined;
  /** The number of rows. */
  readonly count?: true | undefined;
  /** Exact for whole numbers and decimals, each in the type of its column. */
  readonly sum?: readonly Name<Row>[] | undefined;
  /** The mean as a number. */
  readonly avg?: readonly Name<Row>[] | undefined;
  readonly min?: readonly Name<Row>[] | undefined;
  readonly max?: readonly Name<Row>[] | undefined;
  /** Which groups count; all conditions must hold. */
  readonly having?: Having<Row> | undefined;
  /** Properties of `groupBy`, `count`, or results such as `sum.price`; with `-` in front going down. */
  readonly order?: readonly string[] | undefined;
  readonly limit?: number | undefined;
  readonly offset?: number | undefined;
}

/** Conditions on the results of a group. */
export interface Having<Row> {
  readonly count?: Comparison<number>;
  readonly sum?: { readonly [K in keyof Row]?: Comparison<NonNullable<Row[K]>> };
  readonly avg?: { readonly [K in keyof Row]?: Comparison<number> };
  readonly min?: { readonly [K in keyof Row]?: Comparison<NonNullable<Row[K]>> };
  readonly max?: { readonly [K in keyof Row]?: Comparison<NonNullable<Row[K]>> };
}

/** Comparisons that must all hold; a result that is null meets none. */
export interface Comparison<Value> {
  readonly eq?: Value;
  readonly ne?: Value;
  readonly gt?: Value;
  readonly gte?: Value;
  readonly lt?: Value;
  readonly lte?: Value;
}

/** The results of one group: its properties, and for each function an object by property. */
export type AggregateRow<Row, O> = Grouped<Row, O> &
  (O extends { readonly count: true } ? { readonly count: number } : unknown) &
  (O extends { readonly sum: readonly (infer K)[] } ? { readonly sum: Results<Row, K> } : unknown) &
  (O extends { readonly avg: readonly (infer K)[] }
    ? { readonly avg: { readonly [N in K & keyof Row]: number | null } }
    : unknown) &
  (O extends { readonly min: readonly (infer K)[] } ? { readonly min: Results<Row, K> } : unknown) &
  (O extends { readonly max: readonly (infer K)[] } ? { readonly max: Results<Row, K> } : unknown);

type Grouped<Row, O> = O extends { readonly groupBy: readonly (infer K)[] } ? Pick<Row, K & keyof Row> : unknown;

/** Null: the group has no value that is not null. */
type Results<Row, K> = { readonly [N in K & keyof Row]: Row[N] | null };
