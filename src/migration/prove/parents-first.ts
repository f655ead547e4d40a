import { findTable, type Catalog } from '../../catalog/model/catalog.ts';
import type { Table } from '../../catalog/model/table.ts';

/** Every table after those that it refers to; of a circle, the one that comes first by name. */
export function parentsFirst(catalog: Catalog): readonly Table[] {
  const sorted: Table[] = [];
  const seen = new Set<Table>();
  const visit = (table: Table): void => {
    if (seen.has(table)) return;
    seen.add(table);
    for (const { references } of table.foreignKeys) {
      const parent = findTable(catalog, references);
      if (parent !== undefined) visit(parent);
    }
    sorted.push(table);
  };
  for (const table of catalog.tables) visit(table);
  return sorted;
}
