import type { EnumType } from './enum-type.ts';
import { displayName, nameKey, sameName, type ObjectName } from './object-name.ts';
import type { RawObject } from './raw-object.ts';
import type { Sequence } from './sequence.ts';
import type { Table } from './table.ts';
import type { View } from './view.ts';

/** What a database is: an immutable value, plain JSON. Each list is sorted by name, raw objects by stage first. */
export interface Catalog {
  readonly namespaces: readonly string[];
  readonly enums: readonly EnumType[];
  readonly sequences: readonly Sequence[];
  readonly tables: readonly Table[];
  readonly views: readonly View[];
  readonly raw: readonly RawObject[];
}

export const emptyCatalog: Catalog = { namespaces: [], enums: [], sequences: [], tables: [], views: [], raw: [] };

export function findTable(catalog: Catalog, name: ObjectName): Table | undefined {
  return catalog.tables.find((table) => sameName(table, name));
}

/** Finds tables by name, for many questions to one catalog: its tables are walked once. */
export function tableFinder({ tables }: Catalog): (name: ObjectName) => Table | undefined {
  const byName = new Map(tables.map((table) => [nameKey(table), table]));
  return (name) => byName.get(nameKey(name));
}

export function findEnum(catalog: Catalog, name: ObjectName): EnumType | undefined {
  return catalog.enums.find((candidate) => sameName(candidate, name));
}

/** The list in the catalog's order, by display name. Views keep their order: one may read another. */
export function sortByName<T extends ObjectName>(objects: readonly T[]): readonly T[] {
  return objects.toSorted((a, b) => compareText(displayName(a), displayName(b)));
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
