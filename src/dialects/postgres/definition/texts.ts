import type { Catalog } from '../../../catalog/model/catalog.ts';
import { findTable } from '../../../catalog/model/catalog.ts';
import type { Check, ForeignKey, PrimaryKey, Unique } from '../../../catalog/model/constraint.ts';
import type { IndexDefinition } from '../../../catalog/model/index-definition.ts';
import { displayName, type ObjectName } from '../../../catalog/model/object-name.ts';
import type { Table } from '../../../catalog/model/table.ts';
import { RowhouseError } from '../../../errors/rowhouse-error.ts';
import type { ConstraintText } from '../online/constraint.ts';
import type { IndexText } from '../online/index-text.ts';
import type { KeyText } from '../online/key.ts';
import { newName, postgresText } from '../text.ts';
import { checkDefinition, deferrableText, foreignKeyDefinition } from './constraint.ts';
import { indexBody } from './index-definition.ts';

/** The table as the catalog has it before the change. Throws `CHANGE_INVALID` when it has not. */
export function tableBefore(before: Catalog, name: ObjectName): Table {
  const table = findTable(before, name);
  if (table !== undefined) return table;
  const details = { name: displayName(name) };
  throw new RowhouseError('CHANGE_INVALID', `${displayName(name)} is not in the catalog before the change`, {
    details,
  });
}

/** The name alone: a table is one, but holds much more. */
export function nameOf({ namespace, name }: ObjectName): ObjectName {
  return namespace === undefined ? { name } : { namespace, name };
}

export function indexText(table: ObjectName, index: IndexDefinition): IndexText {
  return { table: nameOf(table), name: index.name, unique: index.unique, body: indexBody(table, index) };
}

export function checkText(table: ObjectName, check: Check): ConstraintText {
  return { table: nameOf(table), name: check.name, definition: withoutName(check.name, checkDefinition(check)) };
}

export function foreignKeyText(table: ObjectName, key: ForeignKey): ConstraintText {
  return { table: nameOf(table), name: key.name, definition: withoutName(key.name, foreignKeyDefinition(key)) };
}

export function uniqueText(table: ObjectName, { name, columns, nullsNotDistinct, deferrable }: Unique): KeyText {
  const key = { table: nameOf(table), kind: 'unique', name, columns, nullsNotDistinct } as const;
  return deferrable === undefined ? key : { ...key, deferrable: deferrableText(deferrable) };
}

export function primaryKeyText(table: ObjectName, key: PrimaryKey): KeyText {
  return { table: nameOf(table), kind: 'primary key', name: primaryKeyName(table, key), columns: key.columns };
}

/** The name that the server gives to a primary key that has none of its own. */
export function primaryKeyName(table: ObjectName, { name }: PrimaryKey): string {
  return name ?? `${table.name.slice(0, 58)}_pkey`;
}

/** How the rows of a table are named in what stands in the way of a change. */
export function checkedTable(table: Table): { readonly table: ObjectName; readonly key: readonly string[] } {
  return { table: nameOf(table), key: table.primaryKey?.columns ?? [] };
}

export function alterTable(table: ObjectName): string {
  const name = postgresText.name(table.name);
  return `alter table ${table.namespace === undefined ? name : `${postgresText.name(table.namespace)}.${name}`}`;
}

function withoutName(name: string, definition: string): string {
  return definition.slice(`constraint ${newName(name)} `.length);
}
