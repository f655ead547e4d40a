import type { ObjectName } from '../../../catalog/model/object-name.ts';
import { temporaryName } from '../online/temporary-name.ts';
import { objectOf, printedName, printedTable, unquoted } from '../printed-name.ts';
import { newName, qualified } from '../text.ts';

/** An index or a key of a partitioned table, of which each partition can be given its part by itself. */
export interface AskedIndex {
  readonly table: ObjectName;
  readonly name: string;
  /** What the whole is called until all of its parts are there: the same in every run of the same statement. */
  readonly interim: string;
  readonly kind: 'index' | 'unique' | 'primary key';
  /** Columns of a primary key. */
  readonly columns: readonly string[];
  /** Makes it on the table alone, under its name for the meantime. */
  readonly begin: string;
}

const createdIndex = new RegExp(`^create (unique )?index ${printedName} on ${printedTable} (.*)$`, 's');
const addedKey = new RegExp(
  `^alter table ${printedTable} add constraint ${printedName} ((unique|primary key)\\b.*)$`,
  's',
);

/** Undefined: the statement makes neither an index nor a key. */
export function askedIndex(sql: string): AskedIndex | undefined {
  return askedCreate(sql) ?? askedKey(sql);
}

function askedCreate(sql: string): AskedIndex | undefined {
  const [, unique = '', index, namespace, own, body = ''] = createdIndex.exec(sql) ?? [];
  if (index === undefined || own === undefined) return undefined;
  const table = objectOf(namespace, own);
  const interim = temporaryName(unquoted(index), 'new', qualified(table), sql);
  const begin = `create ${unique}index ${newName(interim)} on only ${qualified(table)} ${body}`;
  return { table, name: unquoted(index), interim, kind: 'index', columns: [], begin };
}

function askedKey(sql: string): AskedIndex | undefined {
  const [, namespace, own, constraint, definition = '', kind] = addedKey.exec(sql) ?? [];
  if (constraint === undefined || own === undefined) return undefined;
  const table = objectOf(namespace, own);
  const interim = temporaryName(unquoted(constraint), 'new', qualified(table), sql);
  return {
    table,
    name: unquoted(constraint),
    interim,
    kind: kind === 'unique' ? 'unique' : 'primary key',
    columns:
      kind === 'unique'
        ? []
        : [...definition.matchAll(new RegExp(printedName, 'g'))].map(([, one = '']) => unquoted(one)),
    begin: `alter table only ${qualified(table)} add constraint ${newName(interim)} ${definition}`,
  };
}
