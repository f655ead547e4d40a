import type { Catalog } from '../../catalog/model/catalog.ts';
import { derivedName } from '../../util/names.ts';

/** The catalog with a name on every primary key: the one a schema gives it where the engine reports none. */
export function nameKeys(catalog: Catalog): Catalog {
  const tables = catalog.tables.map((table) => {
    if (table.primaryKey === undefined) return table;
    return { ...table, primaryKey: { name: derivedName(table.name, 'pkey'), ...table.primaryKey } };
  });
  return { ...catalog, tables };
}
