import type { Transition } from '../../../../catalog/change/transition.ts';
import { isFilledIn, type Column } from '../../../../catalog/model/column.ts';
import type { ObjectName } from '../../../../catalog/model/object-name.ts';
import { parkedName, parkedNamespace, parkedTable } from '../../../../catalog/model/parked.ts';
import { findColumn } from '../../../../catalog/model/table.ts';
import type { DefinitionStatement } from '../../../../dialect/definition.ts';
import { together } from '../../online/step.ts';
import { newName, postgresText, qualified } from '../../text.ts';
import { alterTable, tableBefore } from '../texts.ts';
import type { PostgresTransitionContext } from '../transition.ts';

/** The column under another name; inserts that do not know it leave it empty. A generated column has nothing to keep. */
export function parkColumn(
  { table, column: name }: Extract<Transition, { kind: 'park-column' }>,
  { before }: PostgresTransitionContext,
): readonly DefinitionStatement[] {
  const column = findColumn(tableBefore(before, table), name);
  if (column?.generated !== undefined) return together([`${alterTable(table)} drop column ${postgresText.name(name)}`]);
  return together([
    ...(column === undefined || isFilledIn(column) ? [] : [dropNotNull(table, column)]),
    `${alterTable(table)} rename column ${postgresText.name(name)} to ${newName(parkedName(name))}`,
  ]);
}

/** The table in the namespace of what is parked. Its indexes, policies, grants and numbers go with it. */
export function parkTable({ table }: Extract<Transition, { kind: 'park-table' }>): readonly DefinitionStatement[] {
  const place = parkedTable(table);
  const renamed = { ...table, name: place.name };
  return together([
    `create schema if not exists ${postgresText.name(parkedNamespace)}`,
    ...(place.name === table.name ? [] : [`${alterTable(table)} rename to ${newName(place.name)}`]),
    `alter table ${qualified(renamed)} set schema ${postgresText.name(parkedNamespace)}`,
  ]);
}

function dropNotNull(table: ObjectName, { name }: Column): string {
  return `${alterTable(table)} alter column ${postgresText.name(name)} drop not null`;
}
