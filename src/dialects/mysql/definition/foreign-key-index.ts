import type { ForeignKey } from '../../../catalog/model/constraint.ts';
import type { Table } from '../../../catalog/model/table.ts';

/**
 * InnoDB gives a foreign key that no index serves an index with the key's name. The catalog does not list it: it belongs
 * to the foreign key. These rules say when it is there, so that it comes and goes with the key.
 */
export function indexToDropWith(foreignKey: string, table: Table): readonly string[] {
  const key = table.foreignKeys.find(({ name }) => name === foreignKey);
  if (key === undefined || isServed(key, table, undefined)) return [];
  const others = table.foreignKeys.filter((other) => other !== key && !isServed(other, table, undefined));
  return others.some((other) => startsWith(key.columns, other.columns) || startsWith(other.columns, key.columns))
    ? []
    : [key.name];
}

/** The foreign keys that need an index of their own once the index or unique constraint `dropped` is gone. */
export function indexToLeave(dropped: string, table: Table): readonly ForeignKey[] {
  const bereft = table.foreignKeys.filter((key) => isServed(key, table, undefined) && !isServed(key, table, dropped));
  return bereft.filter(
    (key, place) => !bereft.some((other, at) => at < place && startsWith(other.columns, key.columns)),
  );
}

/** The foreign keys that a key or index served in `old` and that nothing serves in `next`. */
export function indexesToLeave(old: Table, next: Table): readonly ForeignKey[] {
  const bereft = next.foreignKeys.filter((key) => isServed(key, old, undefined) && !isServed(key, next, undefined));
  return bereft.filter(
    (key, place) => !bereft.some((other, at) => at < place && startsWith(other.columns, key.columns)),
  );
}

function isServed(key: ForeignKey, table: Table, without: string | undefined): boolean {
  const lists = [
    ...(table.primaryKey === undefined ? [] : [table.primaryKey.columns]),
    ...table.uniques.filter(({ name }) => name !== without).map(({ columns }) => columns),
    ...table.indexes
      .filter(({ name, method }) => name !== without && (method === undefined || method === 'btree'))
      .map(({ keys }) => keys.map((part) => (part.prefixLength === undefined ? (part.column ?? '') : ''))),
  ];
  return lists.some((columns) => startsWith(columns, key.columns));
}

function startsWith(columns: readonly string[], beginning: readonly string[]): boolean {
  return beginning.every((column, place) => columns[place] === column);
}
