/** What a row must be: every property's condition holds, and the `and`, `or`, `not` parts too. */
export type Where<Row> = { readonly [K in keyof Row]?: Condition<Row[K]> } & {
  readonly and?: readonly Where<Row>[];
  /** At least one holds; an empty list never does. */
  readonly or?: readonly Where<Row>[];
  readonly not?: Where<Row>;
};

/** A value to equal (`null`: is null), or operators that must all hold. */
export type Condition<Value> = Value | Operators<NonNullable<Value>> | PathCondition | ElementCondition;

/**
 * What stands at a path of a JSON document, tests that must all hold. Nothing is converted: `1` and `"1"` differ, and a
 * test of what is not there fails.
 */
export interface PathCondition extends ElementCondition {
  /** The names of the members that lead there: `['address', 'city']`. */
  readonly path: readonly string[];
  readonly eq?: JsonScalar;
  /** Differs, is of another type, or is not there. */
  readonly ne?: JsonScalar;
  readonly gt?: string | number;
  readonly gte?: string | number;
  readonly lt?: string | number;
  readonly lte?: string | number;
  readonly in?: readonly JsonScalar[];
  readonly notIn?: readonly JsonScalar[];
  /** There is nothing, or a JSON null. */
  readonly isNull?: boolean;
  readonly like?: string;
  readonly ilike?: string;
  readonly contains?: string;
  readonly startsWith?: string;
  readonly endsWith?: string;
}

/** What an array has: that of a column, of a document, or at the path of one. */
export interface ElementCondition {
  readonly has?: unknown;
  /** At least one of these; of an empty list nothing. */
  readonly hasAny?: readonly unknown[];
  readonly hasAll?: readonly unknown[];
}

type JsonScalar = string | number | boolean;

/** Operators on one property. A value is never null: ask with `isNull`. */
export interface Operators<Value> {
  readonly eq?: Value;
  /** Differs, or is null. */
  readonly ne?: Value;
  readonly gt?: Value;
  readonly gte?: Value;
  readonly lt?: Value;
  readonly lte?: Value;
  /** One of these; an empty list finds nothing. */
  readonly in?: readonly Value[];
  /** None of these, or null. */
  readonly notIn?: readonly Value[];
  readonly isNull?: boolean;
  /** A pattern with `%` and `_`; `\` before one means itself. */
  readonly like?: string;
  /** Like `like`, upper and lower case the same. */
  readonly ilike?: string;
  /** Holds this text; `%` and `_` mean themselves. Exact case. */
  readonly contains?: string;
  readonly startsWith?: string;
  readonly endsWith?: string;
  /** Has all of these words, as the engine's full-text search reads them. `CAPABILITY_MISSING` where there is none. */
  readonly matches?: string;
}

export type OperatorName = keyof Operators<unknown>;

export const operatorNames: readonly OperatorName[] = [
  'eq',
  'ne',
  'gt',
  'gte',
  'lt',
  'lte',
  'in',
  'notIn',
  'isNull',
  'like',
  'ilike',
  'contains',
  'startsWith',
  'endsWith',
  'matches',
];
