import type { Catalog } from '../../catalog/model/catalog.ts';
import { displayName, sameName, type ObjectName } from '../../catalog/model/object-name.ts';
import type { Table } from '../../catalog/model/table.ts';

/** The tables with those they refer to before them, as far as there is no circle; by name otherwise. */
export function orderTables(tables: readonly Table[]): readonly Table[] {
  const ordered = new Map<string, Table>();
  const visiting = new Set<string>();
  const visit = (table: Table): void => {
    const name = displayName(table);
    if (ordered.has(name) || visiting.has(name)) return;
    visiting.add(name);
    for (const { references } of table.foreignKeys) {
      const target = tables.find((other) => sameName(other, references));
      if (target !== undefined) visit(target);
    }
    ordered.set(name, table);
  };
  for (const table of tables) visit(table);
  return [...ordered.values()];
}

/** Does the table that `target` names stand below `table` in the file? TypeScript then needs to be told the type. */
export function definedLater(target: ObjectName, table: ObjectName, { tables }: Catalog): boolean {
  const order = orderTables(tables);
  const place = (name: ObjectName): number => order.findIndex((one) => sameName(one, name));
  return place(target) > place(table);
}
