import type { ForeignKey } from '../../../catalog/model/constraint.ts';
import type { IndexKey } from '../../../catalog/model/index-definition.ts';
import type { Table } from '../../../catalog/model/table.ts';
import type { Flavor } from '../flavor.ts';
import { mysqlText } from '../text.ts';
import { nameList } from './constraint.ts';

/**
 * The foreign keys of which InnoDB keeps an index of the key's name, because nothing else serves them. The catalog does
 * not list it: it belongs to the foreign key. Keys that one index can serve share it; which of them came first does not
 * matter, so that two ways to the same table give the same indexes.
 */
export function indexedForeignKeys(
  { foreignKeys, ...table }: Omit<Table, 'name' | 'columns' | 'checks'>,
  flavor: Flavor,
): readonly ForeignKey[] {
  const unserved = foreignKeys.filter((key) => !isServed(key, table, flavor));
  return unserved.filter((key) => !unserved.some((other) => other !== key && carries(other, key)));
}

/**
 * The clauses that make the indexes of the foreign keys of `old` those of `next`. A new key brings its own, and the server
 * takes away for it an index that it made itself for another; one that is asked for in the same statement stays.
 */
export function followForeignKeys(old: Table, next: Table, flavor: Flavor): readonly string[] {
  const [before, after] = [indexedForeignKeys(old, flavor), indexedForeignKeys(next, flavor)];
  const gone = before.filter((key) => !after.some((other) => isSameIndex(key, other)));
  const fresh = after.filter((key) => !before.some((other) => isSameIndex(key, other)));
  const heirs = new Map(gone.map((key) => [key, fresh.find((other) => hasSameColumns(key, other))]));
  const renamed = new Set(heirs.values());
  const brought = new Set(next.foreignKeys.filter(({ name }) => !old.foreignKeys.some((key) => key.name === name)));
  const shared = after.filter(
    (key) => !fresh.includes(key) && [...brought].some((other) => hasSameColumns(key, other)),
  );
  return [
    ...shared.flatMap((key) => [`drop index ${mysqlText.name(key.name)}`, `add ${printForeignKeyIndex(key)}`]),
    ...[...heirs].map(([{ name }, heir]) =>
      heir === undefined
        ? `drop index ${mysqlText.name(name)}`
        : `rename index ${mysqlText.name(name)} to ${mysqlText.name(heir.name)}`,
    ),
    ...fresh.filter((key) => !renamed.has(key) && !brought.has(key)).map((key) => `add ${printForeignKeyIndex(key)}`),
  ];
}

/** The indexes that are said with a new table: left to itself, the server takes the name of any of the keys. */
export function sharedIndexes(table: Table, flavor: Flavor): readonly string[] {
  return indexedForeignKeys(table, flavor)
    .filter((key) => table.foreignKeys.some((other) => other !== key && carries(key, other)))
    .map(printForeignKeyIndex);
}

function printForeignKeyIndex({ name, columns }: ForeignKey): string {
  return `index ${mysqlText.name(name)} (${nameList(columns)})`;
}

/** Does the index of one key serve the other too? Of two with the same columns the first by name has it. */
function carries(one: ForeignKey, other: ForeignKey): boolean {
  if (!startsWith(one.columns, other.columns)) return false;
  return one.columns.length > other.columns.length || one.name < other.name;
}

function isSameIndex(one: ForeignKey, other: ForeignKey): boolean {
  return one.name === other.name && hasSameColumns(one, other);
}

function hasSameColumns(one: ForeignKey, other: ForeignKey): boolean {
  return one.columns.join() === other.columns.join();
}

function isServed(
  key: ForeignKey,
  { primaryKey, uniques, indexes }: Pick<Table, 'primaryKey' | 'uniques' | 'indexes'>,
  { descendingServes }: Flavor,
): boolean {
  const columnOf = ({ column = '', prefixLength, order }: IndexKey): string =>
    prefixLength !== undefined || (order === 'desc' && !descendingServes) ? '' : column;
  const lists = [
    ...(primaryKey === undefined ? [] : [primaryKey.columns]),
    ...uniques.map(({ columns }) => columns),
    ...indexes.filter(({ method }) => method === undefined || method === 'btree').map(({ keys }) => keys.map(columnOf)),
  ];
  return lists.some((columns) => startsWith(columns, key.columns));
}

function startsWith(columns: readonly string[], beginning: readonly string[]): boolean {
  return beginning.every((column, place) => columns[place] === column);
}
