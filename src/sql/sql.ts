/** A quoted name inside a fragment: a column, a table, or a namespace and a table. */
export class SqlName {
  readonly path: readonly string[];

  constructor(path: readonly string[]) {
    this.path = path;
  }
}

/** Anything with a column's name: a column of a table definition can stand in a fragment as it is. */
export interface ColumnNamed {
  readonly columnName: string;
}

/**
 * A piece of SQL: texts with something between each two. What stands between is a name, another fragment, or a value;
 * a value always becomes a parameter.
 */
export class SqlFragment {
  readonly texts: readonly string[];
  readonly inserts: readonly unknown[];

  constructor(texts: readonly string[], inserts: readonly unknown[]) {
    this.texts = texts;
    this.inserts = inserts;
  }
}

/**
 * Writes SQL with values as parameters and names as identifiers.
 *
 * @example
 * ```ts
 * const due = sql`select id from ${id('outbox')} where send_at <= ${now} limit ${batchRows}`;
 * ```
 */
export function sql(texts: TemplateStringsArray, ...inserts: readonly unknown[]): SqlFragment {
  return new SqlFragment([...texts], inserts);
}

/** A name to quote: `id('book')`, or with its namespace or table in front, `id('library', 'book')`. */
export function id(...path: readonly string[]): SqlName {
  return new SqlName(path);
}

/** The fragments one after another with `separator` between them. */
export function join(fragments: readonly SqlFragment[], separator = ', '): SqlFragment {
  const texts = fragments.map((_, position) => (position === 0 ? '' : separator));
  return new SqlFragment([...texts, ''], fragments);
}

export function isColumnNamed(value: unknown): value is ColumnNamed {
  return typeof value === 'object' && value !== null && 'columnName' in value && typeof value.columnName === 'string';
}
