import type { Transition } from '../../../../catalog/change/transition.ts';
import { isFilledIn } from '../../../../catalog/model/column.ts';
import { displayName, type ObjectName } from '../../../../catalog/model/object-name.ts';
import { parkedName } from '../../../../catalog/model/parked.ts';
import type { DefinitionStatement, DoneProbe, Precheck } from '../../../../dialect/definition.ts';
import { unfilledRows } from '../../../../dialect/prechecks.ts';
import { joins, together } from '../../online/step.ts';
import { dropEmptied, parkingPlace } from '../../parking.ts';
import { newName, postgresText, qualified } from '../../text.ts';
import { columnDefinition, columnExtras } from '../column.ts';
import { setNamespace } from '../move-object.ts';
import { createTable } from '../table.ts';
import { alterTable, checkedTable, nameOf, tableBefore } from '../texts.ts';
import type { PostgresTransitionContext } from '../transition.ts';

/** The column under its own name again; where it was purged, a new one. */
export function restoreColumn(
  { table, column, mark }: Extract<Transition, { kind: 'restore-column' }>,
  { before, server }: PostgresTransitionContext,
): readonly DefinitionStatement[] {
  const added = [
    `${alterTable(table)} add column ${columnDefinition(table, column, server)}`,
    ...columnExtras(table, column),
  ].join(';\n');
  if (column.generated !== undefined) return together([added]);
  const [name, place] = [postgresText.name(column.name), parkedName(column.name, mark)];
  const back = [
    `${alterTable(table)} rename column ${postgresText.name(place)} to ${newName(column.name)}`,
    ...(isFilledIn(column) ? [] : [`${alterTable(table)} alter column ${name} set not null`]),
  ].join(';\n');
  const prechecks = isFilledIn(column) ? [] : emptyRows(table, column.name, place, before);
  return [
    ...together([back], { prechecks }).map((statement) => ({ ...statement, when: isThere(columnOf(table, place)) })),
    {
      ...joins(added, { note: 'only where the column was purged meanwhile' }),
      when: isMissing(columnOf(table, column.name)),
      says: `column ${displayName(table)}.${column.name} had been purged and comes back empty`,
    },
  ];
}

/** The table in its namespace again; where it was purged, a new one. */
export function restoreTable(
  { table, mark }: Extract<Transition, { kind: 'restore-table' }>,
  { server }: PostgresTransitionContext,
): readonly DefinitionStatement[] {
  const place = parkingPlace(table, mark, server.facts);
  const back = [setNamespace('table', place, table.namespace), dropEmptied(place.namespace)].join(';\n');
  return [
    ...together([back]).map((statement) => ({ ...statement, when: isThere({ kind: 'table', ...place }) })),
    {
      ...joins(createTable(table, server).join(';\n'), { note: 'only where the table was purged meanwhile' }),
      when: isMissing({ kind: 'table', ...nameOf(table) }),
      says: `table ${displayName(table)} had been purged and comes back empty`,
    },
  ];
}

/** Rows that came while the column was parked, and all rows where it was purged: they have no value for it. */
function emptyRows(
  table: ObjectName,
  name: string,
  place: string,
  before: PostgresTransitionContext['before'],
): readonly Precheck[] {
  const checked = checkedTable(tableBefore(before, table));
  const purged = `not exists (select from pg_attribute a where a.attrelid = ${postgresText.literal(qualified(table))}::regclass and a.attname = ${postgresText.literal(place)} and not a.attisdropped)`;
  return [
    unfilledRows(postgresText, checked, purged, name),
    unfilledRows(postgresText, checked, `t.${postgresText.name(place)} is null`, name),
  ];
}

function columnOf({ namespace, name: table }: ObjectName, name: string): DoneProbe['object'] {
  return { kind: 'column', name, table, ...(namespace === undefined ? {} : { namespace }) };
}

function isThere(object: DoneProbe['object']): DoneProbe {
  return { question: 'exists', object };
}

function isMissing(object: DoneProbe['object']): DoneProbe {
  return { question: 'missing', object };
}
