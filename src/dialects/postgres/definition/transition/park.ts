import type { Transition } from '../../../../catalog/change/transition.ts';
import { isFilledIn, type Column } from '../../../../catalog/model/column.ts';
import type { ObjectName } from '../../../../catalog/model/object-name.ts';
import { parkedName } from '../../../../catalog/model/parked.ts';
import { findColumn } from '../../../../catalog/model/table.ts';
import type { DefinitionStatement } from '../../../../dialect/definition.ts';
import { together } from '../../online/step.ts';
import { parkingPlace } from '../../parking.ts';
import { newName, postgresText } from '../../text.ts';
import { alterTable, tableBefore } from '../texts.ts';
import type { PostgresTransitionContext } from '../transition.ts';

/** The column under another name; inserts that do not know it leave it empty. A generated column has nothing to keep. */
export function parkColumn(
  { table, column: name, mark }: Extract<Transition, { kind: 'park-column' }>,
  { before }: PostgresTransitionContext,
): readonly DefinitionStatement[] {
  const column = findColumn(tableBefore(before, table), name);
  if (column?.generated !== undefined) return together([`${alterTable(table)} drop column ${postgresText.name(name)}`]);
  return together([
    ...(column === undefined || isFilledIn(column) ? [] : [dropNotNull(table, column)]),
    `${alterTable(table)} rename column ${postgresText.name(name)} to ${newName(parkedName(name, mark))}`,
  ]);
}

/** The table in the namespace of what is parked. Its indexes, policies, grants and numbers go with it. */
export function parkTable(
  { table, mark }: Extract<Transition, { kind: 'park-table' }>,
  { server }: PostgresTransitionContext,
): readonly DefinitionStatement[] {
  const namespace = postgresText.name(parkingPlace(table, mark, server.facts).namespace);
  return together([`create schema if not exists ${namespace}`, `${alterTable(table)} set schema ${namespace}`]);
}

function dropNotNull(table: ObjectName, { name }: Column): string {
  return `${alterTable(table)} alter column ${postgresText.name(name)} drop not null`;
}
