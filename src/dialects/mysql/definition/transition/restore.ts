import type { Transition } from '../../../../catalog/change/transition.ts';
import { isFilledIn } from '../../../../catalog/model/column.ts';
import type { Check } from '../../../../catalog/model/constraint.ts';
import { parkedName } from '../../../../catalog/model/parked.ts';
import type { Table } from '../../../../catalog/model/table.ts';
import type { DefinitionStatement, Precheck } from '../../../../dialect/definition.ts';
import { unfilledRows } from '../../../../dialect/prechecks.ts';
import { mysqlText } from '../../text.ts';
import { printColumn } from '../column.ts';
import { printCheck } from '../constraint.ts';
import { alterTable, making, memberOf, type DefinitionContext } from '../context.ts';
import { compileTableChange } from '../table-change.ts';
import { createTable } from '../table.ts';
import { checkedTable, tableOf } from '../table-of.ts';
import { databaseWideChecks } from './park.ts';

/** The column under its own name again; where it was purged, a new one. */
export function restoreColumn(
  { table: name, column, mark }: Extract<Transition, { kind: 'restore-column' }>,
  context: DefinitionContext,
): readonly DefinitionStatement[] {
  const table = tableOf(name, context);
  const added = compileTableChange({ kind: 'add-column', table: name, column }, context);
  if (column.generated !== undefined) return [added];
  const own = memberOf(table, 'column', column.name);
  const place = memberOf(table, 'column', parkedName(column.name, mark));
  const parked = mysqlText.name(place.name);
  const clause = isFilledIn(column)
    ? `rename column ${parked} to ${mysqlText.name(column.name)}`
    : `change column ${parked} ${printColumn(column, table, context)}`;
  return [
    {
      ...making(`alter table ${mysqlText.name(table.name)} ${clause}`, own),
      when: { question: 'exists', object: place },
      ...(isFilledIn(column) ? {} : { prechecks: emptyRows(table, column.name, place.name) }),
    },
    {
      ...added,
      when: { question: 'missing', object: own },
      note: 'only where the column was purged meanwhile',
      says: `column ${table.name}.${column.name} had been purged and comes back empty`,
    },
  ];
}

/** The table under its own name again; where it was purged, a new one. */
export function restoreTable(
  { table, mark }: Extract<Transition, { kind: 'restore-table' }>,
  context: DefinitionContext,
): readonly DefinitionStatement[] {
  const own = { kind: 'table', name: table.name } as const;
  const place = { kind: 'table', name: parkedName(table.name, mark) } as const;
  return [
    {
      ...making(`rename table ${mysqlText.name(place.name)} to ${mysqlText.name(own.name)}`, own),
      when: { question: 'exists', object: place },
    },
    {
      ...createTable(table, context),
      when: { question: 'missing', object: own },
      note: 'only where the table was purged meanwhile',
      says: `table ${table.name} had been purged and comes back empty`,
    },
    ...databaseWideChecks(table, context).map((check) => addCheckAgain(check, table, context)),
  ];
}

function addCheckAgain(check: Check, table: Table, context: DefinitionContext): DefinitionStatement {
  const object = memberOf(table, 'constraint', check.name);
  const sql = alterTable(table, [`add ${printCheck(check, table, context)}`]);
  return { ...making(sql, object), when: { question: 'missing', object } };
}

/** Rows that came while the column was parked, and all rows where it was purged: they have no value for it. */
function emptyRows(table: Table, name: string, place: string): readonly Precheck[] {
  const checked = checkedTable(table);
  const purged = `not exists (select 1 from information_schema.columns where table_schema = database() and table_name = ${mysqlText.literal(table.name)} and column_name = ${mysqlText.literal(place)})`;
  return [
    unfilledRows(mysqlText, checked, purged, name),
    unfilledRows(mysqlText, checked, `t.${mysqlText.name(place)} is null`, name),
  ];
}
