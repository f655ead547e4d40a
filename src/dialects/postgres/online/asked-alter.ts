import type { ObjectName } from '../../../catalog/model/object-name.ts';
import type { ObjectReference } from '../../../dialect/definition.ts';
import { objectOf, printedName, printedTable, unquoted } from '../printed-name.ts';

/** A statement that a copy of its table can be spared: what it adds, and the text behind the table's name. */
export interface AskedAlter {
  readonly table: ObjectName;
  readonly rest: string;
  /** What is there once it is done. */
  readonly adds: ObjectReference;
}

const added = new RegExp(
  `^alter table ${printedTable} (add (?:constraint ${printedName} exclude |column ${printedName} .* generated always as \\().*)$`,
  'is',
);

/** Undefined: it adds neither an exclusion constraint nor a computed column. */
export function askedAlter(sql: string): AskedAlter | undefined {
  const [, namespace, table, rest, constraint, column] = added.exec(sql) ?? [];
  if (table === undefined || rest === undefined) return undefined;
  const place = objectOf(namespace, table);
  const adds = {
    kind: constraint === undefined ? 'column' : 'constraint',
    name: unquoted(constraint ?? column ?? ''),
  } as const;
  return { table: place, rest, adds: { ...place, ...adds, table: place.name } };
}
