/** What a row must be: every property's condition holds, and the `and`, `or`, `not` parts too. */
export type Where<Row> = { readonly [K in keyof Row]?: Condition<Row[K]> } & {
  readonly and?: readonly Where<Row>[];
  /** At least one holds; an empty list never does. */
  readonly or?: readonly Where<Row>[];
  readonly not?: Where<Row>;
};

/** A value to equal (`null`: is null), or operators that must all hold. */
export type Condition<Value> = Value | Operators<NonNullable<Value>>;

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
];
