import { mysqlText } from '../text.ts';

/** The id of an object of the database: `table orders`. */
export function objectId(kind: string, name: string): string {
  return `${kind} ${plain(name)}`;
}

/** The id of a part of a table: `column orders.total`. Names of parts do not tell upper and lower case apart. */
export function memberId(kind: string, table: string, name: string): string {
  return `${kind} ${plain(table)}.${plain(name.toLowerCase())}`;
}

function plain(name: string): string {
  return /^[\p{L}\p{N}_$]+$/u.test(name) ? name : mysqlText.name(name);
}
