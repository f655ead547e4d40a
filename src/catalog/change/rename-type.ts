import { sortByName, type Catalog } from '../model/catalog.ts';
import type { Column } from '../model/column.ts';
import type { ColumnType } from '../model/column-type.ts';
import { displayName, sameName, type ObjectName } from '../model/object-name.ts';
import { alreadyThere, notThere } from './change-errors.ts';
import { renamed, replaceObject, withName } from './replace.ts';

/** The catalog with an enum renamed, and with the columns of that type following. */
export function renameEnum(catalog: Catalog, from: ObjectName, to: string): Catalog {
  return moveEnum(catalog, from, renamed('enum', from, to, catalog.enums));
}

/** The catalog with an enum under another whole name, and with the columns of that type following. */
export function moveEnum(catalog: Catalog, from: ObjectName, name: ObjectName): Catalog {
  const follow = <T extends Pick<Column, 'type'>>(column: T): T => ({
    ...column,
    type: mapEnum(column.type, (type) => (sameName(type, from) ? withName(type, name) : type)),
  });
  return {
    ...catalog,
    enums: sortByName(replaceObject('enum', catalog.enums, from, (type) => withName(type, name))),
    tables: catalog.tables.map((table) => ({ ...table, columns: table.columns.map((column) => follow(column)) })),
    views: catalog.views.map((view) => ({ ...view, columns: view.columns.map((column) => follow(column)) })),
  };
}

/** The catalog with one value of an enum renamed, and with the defaults that are this value following. */
export function renameEnumValue(catalog: Catalog, name: ObjectName, value: string, to: string): Catalog {
  const enums = replaceObject('enum', catalog.enums, name, (type) => {
    if (!type.values.includes(value)) throw notThere('enum value', `${displayName(name)}.${value}`);
    if (type.values.includes(to)) throw alreadyThere('enum value', `${displayName(name)}.${to}`);
    return { ...type, values: type.values.map((other) => (other === value ? to : other)) };
  });
  const follow = (column: Column): Column =>
    column.type.kind === 'enum' &&
    sameName(column.type, name) &&
    column.default?.kind === 'literal' &&
    column.default.value === value
      ? { ...column, default: { kind: 'literal', value: to } }
      : column;
  return {
    ...catalog,
    enums,
    tables: catalog.tables.map((table) => ({ ...table, columns: table.columns.map((column) => follow(column)) })),
  };
}

type EnumColumnType = Extract<ColumnType, { kind: 'enum' }>;

function mapEnum(type: ColumnType, map: (type: EnumColumnType) => EnumColumnType): ColumnType {
  if (type.kind === 'array') return { ...type, of: mapEnum(type.of, map) };
  return type.kind === 'enum' ? map(type) : type;
}
