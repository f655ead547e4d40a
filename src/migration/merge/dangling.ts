import type { ColumnType } from '../../catalog/model/column-type.ts';
import { findEnum, findTable, type Catalog } from '../../catalog/model/catalog.ts';
import { displayName } from '../../catalog/model/object-name.ts';

/** What names something that the catalog does not have: keys without the columns they refer to, columns without their enum, objects without their namespace. */
export function dangling(catalog: Catalog): readonly string[] {
  return [...danglingKeys(catalog), ...columnsWithoutEnum(catalog), ...withoutNamespace(catalog)];
}

function danglingKeys(catalog: Catalog): readonly string[] {
  return catalog.tables.flatMap((table) =>
    table.foreignKeys
      .filter(({ references }) => {
        const columns = findTable(catalog, references)?.columns.map(({ name }) => name) ?? [];
        return references.columns.some((column) => !columns.includes(column));
      })
      .map(({ name }) => `key ${displayName(table)}.${name}`),
  );
}

function columnsWithoutEnum(catalog: Catalog): readonly string[] {
  const lacks = (type: ColumnType): boolean =>
    type.kind === 'array' ? lacks(type.of) : type.kind === 'enum' && findEnum(catalog, type) === undefined;
  return catalog.tables.flatMap((table) =>
    table.columns.filter(({ type }) => lacks(type)).map(({ name }) => `column ${displayName(table)}.${name}`),
  );
}

function withoutNamespace({ namespaces, enums, sequences, tables, views, raw }: Catalog): readonly string[] {
  return [...enums, ...sequences, ...tables, ...views, ...raw]
    .filter(({ namespace }) => namespace !== undefined && !namespaces.includes(namespace))
    .map((object) => `object ${displayName(object)}`);
}
