import type { ObjectName } from '../../../catalog/model/object-name.ts';
import type { ObjectReference } from '../../../dialect/definition.ts';

/** A statement that a copy of its table can be spared: what it adds, and the text behind the table's name. */
export interface AskedAlter {
  readonly table: ObjectName;
  readonly rest: string;
  /** What is there once it is done. */
  readonly adds: ObjectReference;
}

const name = '"((?:[^"]|"")+)"';
const added = new RegExp(
  `^alter table (?:${name}\\.)?${name} (add (?:constraint ${name} exclude |column ${name} .* generated always as \\().*)$`,
  'is',
);

/** Undefined: it adds neither an exclusion constraint nor a computed column. */
export function askedAlter(sql: string): AskedAlter | undefined {
  const [, namespace, table, rest, constraint, column] = added.exec(sql) ?? [];
  if (table === undefined || rest === undefined) return undefined;
  const place = { name: unquoted(table), ...(namespace === undefined ? {} : { namespace: unquoted(namespace) }) };
  const adds = {
    kind: constraint === undefined ? 'column' : 'constraint',
    name: unquoted(constraint ?? column ?? ''),
  } as const;
  return { table: place, rest, adds: { ...place, ...adds, table: place.name } };
}

function unquoted(text: string): string {
  return text.replaceAll('""', '"');
}
