import { sameName } from '../../catalog/model/object-name.ts';
import { definition, type AnyTable } from '../../schema/table/table.ts';
import type { CheckedRows } from '../check/checked-seed.ts';

/** The seeds with those of a table after those of the tables it refers to; otherwise as they were. */
export function orderByParents(seeds: readonly CheckedRows[]): readonly CheckedRows[] {
  const tables = [...new Set(seeds.map(({ table }) => table))];
  const sorted: AnyTable[] = [];
  const seen = new Set<AnyTable>();
  const visit = (table: AnyTable): void => {
    if (seen.has(table)) return;
    seen.add(table);
    for (const parent of parentsOf(table, tables)) visit(parent);
    sorted.push(table);
  };
  for (const table of tables) visit(table);
  return seeds.toSorted((a, b) => sorted.indexOf(a.table) - sorted.indexOf(b.table));
}

function parentsOf(table: AnyTable, tables: readonly AnyTable[]): readonly AnyTable[] {
  const { foreignKeys } = table[definition].catalogTable;
  return tables.filter((other) => foreignKeys.some(({ references }) => sameName(references, other[definition])));
}
