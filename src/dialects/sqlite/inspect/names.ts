import type { Names } from './constraints.ts';
import type { TableParts } from './table.ts';

/** Names as they were declared, and the keys that a foreign key without columns refers to. */
export function declaredNames(tables: readonly TableParts[]): Names {
  const byName = new Map(tables.map((parts) => [parts.row.name.toLowerCase(), parts]));
  const find = (table: string): TableParts | undefined => byName.get(table.toLowerCase());
  return {
    table: (name) => find(name)?.row.name ?? name,
    column: (table, name) =>
      find(table)?.columns.find((column) => column.name.toLowerCase() === name.toLowerCase())?.name ?? name,
    primaryKey: (table) =>
      (find(table)?.columns ?? [])
        .filter((column) => column.key > 0)
        .toSorted((a, b) => a.key - b.key)
        .map((column) => column.name),
  };
}
