import { tableFinder, type Catalog } from '../model/catalog.ts';
import type { ObjectName } from '../model/object-name.ts';
import type { Table } from '../model/table.ts';
import { compareMembers, compareObjects, nameOf } from './members.ts';
import type { Rename } from './rename.ts';
import { same } from './same.ts';

/**
 * Renames that need no question: a constraint, index, enum or view that says exactly what one of another name says.
 * Whatever was meant, the outcome is the same, and a rename keeps it in force.
 */
export function impliedRenames(from: Catalog, to: Catalog): readonly Rename[] {
  const find = tableFinder(from);
  return [
    ...pairs(compareObjects(from.enums, to.enums)).map(([old, name]): Rename => ({
      kind: 'rename-enum',
      enum: nameOf(old),
      to: name,
    })),
    ...pairs(compareObjects(from.views, to.views)).map(([old, name]): Rename => ({
      kind: 'rename-view',
      view: nameOf(old),
      to: name,
    })),
    ...to.tables.flatMap((table) => {
      const before = find(table);
      return before === undefined ? [] : memberRenames(before, table);
    }),
  ];
}

function memberRenames(from: Table, to: Table): readonly Rename[] {
  const table = nameOf(to);
  const constraints = [
    ...primaryKeyPair(from, to),
    ...pairs(compareMembers(from.uniques, to.uniques)),
    ...pairs(compareMembers(from.checks, to.checks)),
    ...pairs(compareMembers(from.foreignKeys, to.foreignKeys)),
  ];
  return [
    ...constraints.map(([{ name }, next]): Rename => ({ kind: 'rename-constraint', table, name, to: next })),
    ...pairs(compareMembers(from.indexes, to.indexes)).map(([{ name }, next]): Rename => ({
      kind: 'rename-index',
      table,
      name,
      to: next,
    })),
  ];
}

function primaryKeyPair(
  { primaryKey: before }: Table,
  { primaryKey: after }: Table,
): readonly (readonly [{ readonly name: string }, string])[] {
  if (before?.name === undefined || after?.name === undefined || before.name === after.name) return [];
  return same(before.columns, after.columns) ? [[{ name: before.name }, after.name]] : [];
}

/** What is gone with the new name of its like; each new one serves once. */
function pairs<T extends ObjectName>({
  gone,
  fresh,
}: {
  readonly gone: readonly T[];
  readonly fresh: readonly T[];
}): readonly (readonly [T, string])[] {
  const free = [...fresh];
  return gone.flatMap((old) => {
    const position = free.findIndex((candidate) => same({ ...candidate, name: old.name }, old));
    const [found] = position === -1 ? [] : free.splice(position, 1);
    return found === undefined ? [] : [[old, found.name] as const];
  });
}
