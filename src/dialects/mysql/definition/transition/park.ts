import type { Transition } from '../../../../catalog/change/transition.ts';
import { isFilledIn } from '../../../../catalog/model/column.ts';
import type { Check } from '../../../../catalog/model/constraint.ts';
import { parkedName } from '../../../../catalog/model/parked.ts';
import { findColumn, type Table } from '../../../../catalog/model/table.ts';
import type { DefinitionStatement } from '../../../../dialect/definition.ts';
import { mysqlText } from '../../text.ts';
import { printColumn } from '../column.ts';
import { making, memberOf, type DefinitionContext } from '../context.ts';
import { compileTableChange } from '../table-change.ts';
import { tableOf } from '../table-of.ts';

/** The column under another name; inserts that do not know it leave it empty. A generated column has nothing to keep. */
export function parkColumn(
  change: Extract<Transition, { kind: 'park-column' }>,
  context: DefinitionContext,
): DefinitionStatement {
  const table = tableOf(change.table, context);
  const column = findColumn(table, change.column);
  if (column?.generated !== undefined) return compileTableChange({ ...change, kind: 'drop-column' }, context);
  const place = parkedName(change.column, change.mark);
  const [name, parked] = [mysqlText.name(change.column), mysqlText.name(place)];
  const clause =
    column === undefined || isFilledIn(column)
      ? `rename column ${name} to ${parked}`
      : `change column ${name} ${parked}${printColumn({ ...column, nullable: true }, table, context).slice(name.length)}`;
  return making(`alter table ${mysqlText.name(table.name)} ${clause}`, memberOf(table, 'column', place));
}

/**
 * The table under another name. Its indexes, triggers and numbers go with it; grants wait where they are. Checks whose names
 * are taken for the whole database are made again on the way back.
 */
export function parkTable(
  { table, mark }: Extract<Transition, { kind: 'park-table' }>,
  context: DefinitionContext,
): readonly DefinitionStatement[] {
  const place = parkedName(table.name, mark);
  return [
    ...databaseWideChecks(tableOf(table, context), context).map(({ name }) =>
      compileTableChange({ kind: 'drop-check', table, name }, context),
    ),
    making(`rename table ${mysqlText.name(table.name)} to ${mysqlText.name(place)}`, { kind: 'table', name: place }),
  ];
}

/** The checks whose names no other table can have. */
export function databaseWideChecks({ checks }: Table, { flavor }: DefinitionContext): readonly Check[] {
  return flavor.databaseWideChecks ? checks : [];
}
