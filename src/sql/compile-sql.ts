import { RowhouseError } from '../errors/rowhouse-error.ts';
import { isColumnNamed, SqlFragment, SqlName } from './sql.ts';

/** How the engine writes names and placeholders; a dialect's `text` is one. */
export interface SqlSpelling {
  name(name: string): string;
  placeholder(position: number): string;
}

export interface CompiledSql {
  readonly sql: string;
  /** The values of the placeholders in order, as the caller gave them. */
  readonly values: readonly unknown[];
}

/** The text and values of a fragment for one engine. */
export function compileSql(fragment: SqlFragment, spelling: SqlSpelling): CompiledSql {
  const values: unknown[] = [];
  return { sql: print(fragment, spelling, values), values };
}

function print(fragment: SqlFragment, spelling: SqlSpelling, values: unknown[]): string {
  let text = fragment.texts[0] ?? '';
  for (const [position, insert] of fragment.inserts.entries()) {
    text += printInsert(insert, spelling, values) + (fragment.texts[position + 1] ?? '');
  }
  return text;
}

function printInsert(insert: unknown, spelling: SqlSpelling, values: unknown[]): string {
  if (insert instanceof SqlFragment) return print(insert, spelling, values);
  if (insert instanceof SqlName) return insert.path.map((part) => spelling.name(part)).join('.');
  if (isColumnNamed(insert)) return spelling.name(insert.columnName);
  if (Array.isArray(insert)) throw noArray(insert);
  values.push(insert);
  return spelling.placeholder(values.length);
}

/** A driver would send it as one value, and `in (…)` would find nothing. */
function noArray(values: readonly unknown[]): RowhouseError {
  return new RowhouseError('USAGE', 'an array is no value of SQL', {
    hint: values.some((value) => value instanceof SqlFragment)
      ? 'put fragments one after another with join(fragments)'
      : 'write `in (${sql.list(values)})`, or JSON.stringify(values) for a JSON array',
  });
}
