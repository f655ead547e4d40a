import type { ObjectName } from '../../../catalog/model/object-name.ts';
import { nameList, postgresText, qualified } from '../text.ts';
import { temporaryName } from './temporary-name.ts';

/** The rows of a table and of the copy that is to take its place. */
export interface CopyText {
  readonly table: ObjectName;
  readonly copy: ObjectName;
  /** The columns that hold values of their own, under the same names on both sides. */
  readonly columns: readonly string[];
  /** Those of them by which a row is found on either side: unique, never null. */
  readonly key: readonly string[];
}

/** The function behind the triggers. */
export function syncName({ table, copy }: Pick<CopyText, 'table' | 'copy'>): ObjectName {
  return { ...table, name: temporaryName(table.name, 'sync', copy.name) };
}

/** How a row gets to the copy, whatever its columns are: `insert into … (…) overriding system value`. */
export function insertText({ copy, columns }: CopyText): string {
  return `insert into ${qualified(copy)} (${nameList(columns)}) overriding system value`;
}

/** `"id" = old."id" and …`. */
export function isRow(key: readonly string[], prefix: string, other: string): string {
  return key.map((name) => `${prefix}${postgresText.name(name)} = ${other}${postgresText.name(name)}`).join(' and ');
}

/** The same columns, each with what stands before it: `old."id", old."name"`. */
export function prefixed(columns: readonly string[], prefix: string): string {
  return columns.map((name) => `${prefix}${postgresText.name(name)}`).join(', ');
}
