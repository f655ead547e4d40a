import { RowhouseError } from '../errors/rowhouse-error.ts';
import { splitNamed } from './split-named.ts';

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

/** Writes SQL: as a tag of a template, or with `named` from a text and its values. */
export interface SqlTag {
  (texts: TemplateStringsArray, ...inserts: readonly unknown[]): SqlFragment;
  /**
   * SQL whose parameters have names, `:active`. Each needs a value and each value a parameter, otherwise it is `USAGE`.
   * What looks like a parameter inside a string, a quoted name or a comment is none, nor is a cast with `::`.
   *
   * @example
   * ```ts
   * sql.named('select id from app_user where active = :active and created_at > :since', { active: true, since });
   * ```
   */
  named(text: string, values: Readonly<Record<string, unknown>>): SqlFragment;
  /**
   * Values with commas between them, each a parameter, for `in (…)`. An empty list is `USAGE`: it would be no SQL.
   *
   * @example
   * ```ts
   * sql`select email from app_user where id in (${sql.list(ids)})`;
   * ```
   */
  list(values: readonly unknown[]): SqlFragment;
}

/**
 * Writes SQL with values as parameters and names as identifiers.
 *
 * @example
 * ```ts
 * const due = sql`select id from ${id('outbox')} where send_at <= ${now} limit ${batchRows}`;
 * ```
 */
export const sql: SqlTag = Object.assign(
  (texts: TemplateStringsArray, ...inserts: readonly unknown[]) => new SqlFragment([...texts], inserts),
  { named, list },
);

function named(text: string, values: Readonly<Record<string, unknown>>): SqlFragment {
  const { texts, names } = splitNamed(text);
  const missing = names.find((name) => !Object.hasOwn(values, name));
  if (missing !== undefined) throw new RowhouseError('USAGE', `the parameter :${missing} has no value`);
  const unused = Object.keys(values).find((name) => !names.includes(name));
  if (unused !== undefined) throw new RowhouseError('USAGE', `the SQL has no parameter :${unused}`);
  return new SqlFragment(
    texts,
    names.map((name) => values[name]),
  );
}

function list(values: readonly unknown[]): SqlFragment {
  if (values.length === 0) {
    throw new RowhouseError('USAGE', 'a list of SQL needs at least one value', {
      hint: 'an empty list finds nothing: leave out the statement or its condition',
    });
  }
  return listed(values, ', ');
}

/** A name to quote: `id('book')`, or with its namespace or table in front, `id('library', 'book')`. */
export function id(...path: readonly string[]): SqlName {
  return new SqlName(path);
}

/** The fragments one after another with `separator` between them. */
export function join(fragments: readonly SqlFragment[], separator = ', '): SqlFragment {
  return listed(fragments, separator);
}

function listed(inserts: readonly unknown[], separator: string): SqlFragment {
  const texts = inserts.map((_, position) => (position === 0 ? '' : separator));
  return new SqlFragment([...texts, ''], inserts);
}

export function isColumnNamed(value: unknown): value is ColumnNamed {
  return typeof value === 'object' && value !== null && 'columnName' in value && typeof value.columnName === 'string';
}
