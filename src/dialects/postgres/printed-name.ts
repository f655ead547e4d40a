import type { ObjectName } from '../../catalog/model/object-name.ts';

/** A pattern of a name as we print it, its quotes included. */
export const printedName = '("(?:[^"]|"")+")';

/** The same of a table, with or without its namespace: two groups, for `objectOf`. */
export const printedTable: string = `(?:${printedName}\\.)?${printedName}`;

/** What a printed name stands for. */
export function unquoted(name: string): string {
  return name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name;
}

/** What is called so in print. */
export function objectOf(namespace: string | undefined, name: string): ObjectName {
  return { name: unquoted(name), ...(namespace === undefined ? {} : { namespace: unquoted(namespace) }) };
}
