import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { findTable, type Catalog } from '../model/catalog.ts';
import { displayName, sameName, type ObjectName } from '../model/object-name.ts';
import type { Table } from '../model/table.ts';

/** The object of that name as it is before the change; `CHANGE_INVALID` when there is none. */
export function objectBefore<T extends ObjectName>(objects: readonly T[], name: ObjectName): T {
  const object = objects.find((candidate) => sameName(candidate, name));
  if (object === undefined) throw unknownBefore(displayName(name));
  return object;
}

type Members = 'columns' | 'uniques' | 'checks' | 'foreignKeys' | 'indexes';

/** The column, constraint or index of a table as it is before the change; `CHANGE_INVALID` when there is none. */
export function memberBefore<K extends Members>(
  catalog: Catalog,
  name: ObjectName,
  members: K,
  wanted: string,
): Table[K][number] {
  const candidates: readonly { readonly name: string }[] = findTable(catalog, name)?.[members] ?? [];
  const result = candidates.find((candidate) => candidate.name === wanted);
  if (result === undefined) throw unknownBefore(`${displayName(name)}.${wanted}`);
  return result as Table[K][number];
}

/** The error for what a change takes back without its being there. */
export function unknownBefore(name: string): RowhouseError {
  return new RowhouseError('CHANGE_INVALID', `${name} is not in the catalog before the change`, { details: { name } });
}
