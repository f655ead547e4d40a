import type { Catalog } from '../../../../src/catalog/model/catalog.ts';

/** A catalog in an order that means nothing, so that two are equal when they say the same. */
export function comparable(catalog: Catalog): unknown {
  const byName = <T extends { readonly name: string }>(objects: readonly T[]): readonly T[] =>
    objects.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  return {
    ...catalog,
    tables: byName(catalog.tables).map((table) => ({
      ...table,
      columns: byName(table.columns),
      uniques: byName(table.uniques),
      checks: byName(table.checks),
      foreignKeys: byName(table.foreignKeys),
      indexes: byName(table.indexes),
    })),
    views: byName(catalog.views),
    raw: byName(catalog.raw),
  };
}
