import { hash } from 'node:crypto';

/** The invisible generated column that carries the key `position` of an index, or its predicate. */
export function keyColumnName(index: string, position: number | 'where'): string {
  return `rh_${shortHash(index)}_${position}`;
}

/** The check that says `not null` about a generated column. */
export function notNullCheckName(table: string, column: string): string {
  return `rh_${shortHash(`${table}.${column}`)}_not_null`;
}

function shortHash(text: string): string {
  return hash('sha256', text).slice(0, 12);
}
