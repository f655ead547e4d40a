/** What a property must be: a value, null, or operators that must all hold. */
export type ClientCondition<Value> = Value | ClientOperators<Value>;

/** The operators of a filter. In `like` and `ilike`, `*` stands for any text and `\*` for itself. */
export interface ClientOperators<Value> {
  readonly eq?: NonNullable<Value>;
  readonly ne?: NonNullable<Value>;
  readonly gt?: NonNullable<Value>;
  readonly gte?: NonNullable<Value>;
  readonly lt?: NonNullable<Value>;
  readonly lte?: NonNullable<Value>;
  readonly in?: readonly NonNullable<Value>[];
  readonly like?: string;
  readonly ilike?: string;
  readonly isNull?: boolean;
}

/** Which rows are meant. */
export type ClientFilter<Row> = { readonly [K in keyof Row]?: ClientCondition<Row[K]> } & {
  readonly and?: readonly ClientFilter<Row>[];
  readonly or?: readonly ClientFilter<Row>[];
  readonly not?: ClientFilter<Row>;
};

const words: Readonly<Record<string, string>> = {
  eq: 'eq',
  ne: 'neq',
  gt: 'gt',
  gte: 'gte',
  lt: 'lt',
  lte: 'lte',
  like: 'like',
  ilike: 'ilike',
};

/** The filter as the text of `and=(…)`; undefined when it asks for nothing. */
export function filterText(filter: object): string | undefined {
  const parts = partsOf(filter);
  return parts.length === 0 ? undefined : `(${parts.join(',')})`;
}

function partsOf(filter: object): readonly string[] {
  return Object.entries(filter).flatMap(([name, wish]: [string, unknown]) => {
    if (wish === undefined) throw new TypeError(`the filter of ${name} is undefined: leave it out`);
    if (name === 'not') return [`not.and(${partsOf(wish as object).join(',')})`];
    if (name === 'and' || name === 'or')
      return [`${name}(${(wish as readonly object[]).map((one) => `and(${partsOf(one).join(',')})`).join(',')})`];
    return conditions(name, wish).map((condition) => `${name}.${condition}`);
  });
}

function conditions(name: string, wish: unknown): readonly string[] {
  if (wish === null) return ['is.null'];
  if (typeof wish !== 'object') return [`eq.${quoted(wish)}`];
  return Object.entries(wish).map(([operator, value]: [string, unknown]) => {
    if (operator === 'isNull') return value === true ? 'is.null' : 'is.not_null';
    if (operator === 'in') return `in.(${(value as readonly unknown[]).map(quoted).join(',')})`;
    const word = words[operator];
    if (word === undefined || value === undefined || value === null)
      throw new TypeError(`the filter of ${name}: ${operator} is no operator, or has no value`);
    return `${word}.${quoted(value)}`;
  });
}

/** In quotes, commas and parentheses mean themselves. */
function quoted(value: unknown): string {
  return `"${String(value).replaceAll(/["\\]/g, String.raw`\$&`)}"`;
}
