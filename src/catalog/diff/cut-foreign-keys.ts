import { tableFinder, type Catalog } from '../model/catalog.ts';
import type { ForeignKey } from '../model/constraint.ts';
import type { Table } from '../model/table.ts';
import { same } from './same.ts';

/**
 * Says of a foreign key: does it rely on something that goes or is replaced, which is its target table, or the primary
 * key or unique constraint there? It must not stand meanwhile.
 */
export function cutFinder(from: Catalog, to: Catalog): (key: ForeignKey) => boolean {
  const [findBefore, findAfter] = [tableFinder(from), tableFinder(to)];
  return (key) => {
    const before = findBefore(key.references);
    const after = findAfter(key.references);
    if (before === undefined || after === undefined) return before !== undefined;
    const relied = keysOver(before, key);
    return relied.length > 0 && !relied.some((found) => keysOver(after, key).some((kept) => same(found, kept)));
  };
}

/** The keys of the target that have exactly the columns that the foreign key refers to. */
function keysOver({ primaryKey, uniques, indexes }: Table, { references }: ForeignKey): readonly unknown[] {
  const covers = (columns: readonly (string | undefined)[]): boolean =>
    columns.length === references.columns.length && references.columns.every((column) => columns.includes(column));
  return [
    ...(primaryKey !== undefined && covers(primaryKey.columns) ? [primaryKey] : []),
    ...uniques.filter(({ columns }) => covers(columns)),
    ...indexes.filter(({ unique, keys }) => unique && covers(keys.map(({ column }) => column))),
  ];
}
