import { findEnum, tableFinder, type Catalog } from '../model/catalog.ts';
import type { Column } from '../model/column.ts';
import type { ColumnType } from '../model/column-type.ts';
import type { EnumType } from '../model/enum-type.ts';
import type { ObjectName } from '../model/object-name.ts';
import { findColumn } from '../model/table.ts';
import { same } from './same.ts';

/** A table with those of its columns that nothing may read while they change. `undefined`: all of it goes. */
export interface ChangedColumns {
  readonly table: ObjectName;
  readonly columns: readonly string[] | undefined;
}

/** The columns that go, or whose values change their type, between two catalogs. */
export function changedColumns(from: Catalog, to: Catalog): readonly ChangedColumns[] {
  const find = tableFinder(to);
  return from.tables.flatMap((table): readonly ChangedColumns[] => {
    const after = find(table);
    if (after === undefined) return [{ table, columns: undefined }];
    const columns = table.columns.filter((column) => {
      const next = findColumn(after, column.name);
      return next === undefined || isOtherValue(column, next) || isRemadeEnum(column.type, from, to);
    });
    return columns.length === 0 ? [] : [{ table, columns: columns.map(({ name }) => name) }];
  });
}

function isOtherValue(before: Column, after: Column): boolean {
  return (
    !same(before.type, after.type) ||
    before.collation !== after.collation ||
    !same(before.generated, after.generated) ||
    before.options?.['characterSet'] !== after.options?.['characterSet']
  );
}

function isRemadeEnum(type: ColumnType, from: Catalog, to: Catalog): boolean {
  if (type.kind === 'array') return isRemadeEnum(type.of, from, to);
  if (type.kind !== 'enum') return false;
  const [before, after] = [findEnum(from, type), findEnum(to, type)];
  return before !== undefined && after !== undefined && !onlyGrows(before, after);
}

/** Are all old values there, in their order? */
export function onlyGrows(before: EnumType, after: EnumType): boolean {
  const kept = after.values.filter((value) => before.values.includes(value));
  return same(kept, before.values);
}
