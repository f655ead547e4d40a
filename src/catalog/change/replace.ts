import { displayName, sameName, type ObjectName } from '../model/object-name.ts';
import type { Catalog } from '../model/catalog.ts';
import type { Table } from '../model/table.ts';
import { alreadyThere, notThere } from './change-errors.ts';

/** The list with `replacement` in the place of the object of that name. */
export function replaceObject<T extends ObjectName>(
  kind: string,
  objects: readonly T[],
  name: ObjectName,
  replacement: (object: T) => T,
): readonly T[] {
  const position = objects.findIndex((object) => sameName(object, name));
  const object = objects[position];
  if (object === undefined) throw notThere(kind, displayName(name));
  return objects.with(position, replacement(object));
}

/** The catalog with one table replaced. */
export function replaceTable(catalog: Catalog, name: ObjectName, replacement: (table: Table) => Table): Catalog {
  return { ...catalog, tables: replaceObject('table', catalog.tables, name, replacement) };
}

/** The members with `replacement` in the place of the one of the same name. */
export function replaceMember<T extends { readonly name: string }>(
  table: ObjectName,
  kind: string,
  members: readonly T[],
  replacement: T,
): readonly T[] {
  const position = members.findIndex(({ name }) => name === replacement.name);
  if (position === -1) throw notThere(kind, `${displayName(table)}.${replacement.name}`);
  return members.with(position, replacement);
}

/** The members with one renamed. */
export function renameMember<T extends { readonly name: string }>(
  table: ObjectName,
  kind: string,
  members: readonly T[],
  from: string,
  to: string,
): readonly T[] {
  const member = members.find(({ name }) => name === from);
  if (member === undefined) throw notThere(kind, `${displayName(table)}.${from}`);
  if (members.some(({ name }) => name === to)) throw alreadyThere(kind, `${displayName(table)}.${to}`);
  return members.with(members.indexOf(member), { ...member, name: to });
}

/** The object under another whole name. */
export function withName<T extends ObjectName>(object: T, { namespace, name }: ObjectName): T {
  const { namespace: _, ...rest } = object;
  return { ...rest, ...(namespace === undefined ? {} : { namespace }), name } as T;
}

/** The name `to` in the namespace of `object`; refused when one of `others` has it. */
export function renamed(kind: string, object: ObjectName, to: string, others: readonly ObjectName[]): ObjectName {
  return free(kind, object.namespace === undefined ? { name: to } : { namespace: object.namespace, name: to }, others);
}

/** The name; refused when one of `others` has it. */
export function free(kind: string, name: ObjectName, others: readonly ObjectName[]): ObjectName {
  if (others.some((other) => sameName(other, name))) throw alreadyThere(kind, displayName(name));
  return name;
}
