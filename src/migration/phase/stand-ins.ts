import type { Change } from '../../catalog/change/change.ts';
import { same } from '../../catalog/diff/same.ts';
import type { Catalog } from '../../catalog/model/catalog.ts';
import type { ObjectName } from '../../catalog/model/object-name.ts';
import { getTable } from './get-table.ts';
import { interimName } from './interim-name.ts';

/** Indexes and unique constraints over a new column, under names for the meantime, beside those over the old one. */
export function addStandIns(table: ObjectName, live: Catalog, target: Catalog): readonly Change[] {
  const [before, after] = [getTable(table, live), getTable(table, target)];
  return [
    ...changed(before.uniques, after.uniques).map((unique): Change => ({
      kind: 'add-unique',
      table,
      unique: { ...unique, name: interimName(unique.name) },
    })),
    ...changed(before.indexes, after.indexes).map((index): Change => ({
      kind: 'create-index',
      table,
      index: { ...index, name: interimName(index.name) },
    })),
  ];
}

/**
 * Keys and checks speak of the new column from now on: until here those of the old one held for both, as every value is
 * in both. Then each stand-in takes the place of what it stood in for.
 */
export function takePlaces(table: ObjectName, live: Catalog, target: Catalog): readonly Change[] {
  const [before, after] = [getTable(table, live), getTable(table, target)];
  return [
    ...changed(before.foreignKeys, after.foreignKeys).map((foreignKey): Change => ({
      kind: 'alter-foreign-key',
      table,
      foreignKey,
    })),
    ...changed(before.checks, after.checks).map((check): Change => ({ kind: 'alter-check', table, check })),
    ...changed(before.uniques, after.uniques).flatMap(({ name }): readonly Change[] => [
      { kind: 'drop-unique', table, name },
      { kind: 'rename-constraint', table, name: interimName(name), to: name },
    ]),
    ...changed(before.indexes, after.indexes).flatMap(({ name }): readonly Change[] => [
      { kind: 'drop-index', table, name },
      { kind: 'rename-index', table, name: interimName(name), to: name },
    ]),
  ];
}

function changed<T extends { readonly name: string }>(before: readonly T[], after: readonly T[]): readonly T[] {
  return after.filter((member) => before.some((other) => other.name === member.name && !same(other, member)));
}
