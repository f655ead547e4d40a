import { applyChange } from '../../../../catalog/change/apply.ts';
import type { Transition } from '../../../../catalog/change/transition.ts';
import { findTable } from '../../../../catalog/model/catalog.ts';
import { isFilledIn, type Column } from '../../../../catalog/model/column.ts';
import type { Table } from '../../../../catalog/model/table.ts';
import type { DefinitionStatement, Precheck } from '../../../../dialect/definition.ts';
import { unfilledRows } from '../../../../dialect/prechecks.ts';
import { RowhouseError } from '../../../../errors/rowhouse-error.ts';
import { parkingTable, sqliteParking } from '../../parking.ts';
import { foldName } from '../../rebuild/fold-name.ts';
import { sqliteText } from '../../text.ts';
import { addColumn, canAddColumn } from '../alter-table.ts';
import { defaultText } from '../default.ts';
import { createIndex } from '../index-definition.ts';
import { remakeTable } from '../remake-table.ts';
import { createTable } from '../table.ts';
import type { SqliteTransitionContext } from '../transition.ts';
import { parkedValues, type ParkedValues } from './parked-values.ts';

type RestoreColumn = Extract<Transition, { kind: 'restore-column' }>;

/** The column with its values; where they were purged, a new one. */
export function restoreColumn(change: RestoreColumn, context: SqliteTransitionContext): readonly DefinitionStatement[] {
  const { table: name, column, mark } = change;
  const table = findTable(context.before, name);
  if (table === undefined)
    throw new RowhouseError('CHANGE_INVALID', `there is no table ${name.name}`, { details: { table: name.name } });
  const added = joined(add(change, context));
  if (column.generated !== undefined) return [added];
  const parked = parkedValues(table, column.name, mark);
  const back = canAddColumn(column)
    ? [...add(change, context), fill(table, column, parked)]
    : remade(change, parked, context);
  const prechecks = isFilledIn(column) ? [] : emptyRows(table, column, parked);
  return [
    {
      ...joined([...back, plain(`drop table ${parked.table}`)]),
      when: { question: 'exists', object: sqliteParking.placeOf({ ...change, column: column.name }) },
      ...(prechecks.length === 0 ? {} : { prechecks }),
    },
    {
      ...added,
      when: { question: 'missing', object: { kind: 'column', table: name.name, name: column.name } },
      note: 'only where the column was purged meanwhile',
      says: `column ${name.name}.${column.name} had been purged and comes back empty`,
    },
  ];
}

/** The table under its own name again; where it was purged, a new one. */
export function restoreTable(
  { table, mark }: Extract<Transition, { kind: 'restore-table' }>,
  { before }: SqliteTransitionContext,
): readonly DefinitionStatement[] {
  const parked = { table, ...(mark === undefined ? {} : { mark }) };
  const place = parkingTable(parked);
  const indexes = table.indexes.map((index) => createIndex(table, index));
  return [
    {
      ...joined(
        [`alter table ${sqliteText.name(place)} rename to ${sqliteText.name(table.name)}`, ...indexes].map(plain),
      ),
      when: { question: 'exists', object: sqliteParking.placeOf(parked) },
    },
    {
      ...joined(createTable(table, before).map(plain)),
      when: { question: 'missing', object: { kind: 'table', name: table.name } },
      note: 'only where the table was purged meanwhile',
      says: `table ${table.name} had been purged and comes back empty`,
    },
  ];
}

function add(change: RestoreColumn, { before }: SqliteTransitionContext): readonly DefinitionStatement[] {
  if (canAddColumn(change.column)) return [plain(addColumn(change.table, change.column, before))];
  const after = applyChange({ ...change, kind: 'add-column' }, before);
  // Which rows have no value is asked where the column comes out of its place: here nobody knows yet whether it will.
  return remakeTable(change.table, { before, after }).map((statement) => ({ ...statement, prechecks: [] }));
}

/** Rows that came while the column was parked keep its default. */
function fill(table: Table, { name }: Column, { table: values, isOfRow }: ParkedValues): DefinitionStatement {
  const value = `select value from ${values} where ${isOfRow}`;
  return plain(
    `update ${sqliteText.name(table.name)} set ${sqliteText.name(name)} = (${value}) where exists (${value})`,
  );
}

function remade(
  change: RestoreColumn,
  { table: values, isOfRow }: ParkedValues,
  { before }: SqliteTransitionContext,
): readonly DefinitionStatement[] {
  const { column } = change;
  const value = `select value from ${values} where ${isOfRow}`;
  const otherwise = column.default === undefined ? undefined : defaultText(column.default, column.type);
  const expression =
    otherwise === undefined ? `(${value})` : `case when exists (${value}) then (${value}) else ${otherwise} end`;
  const after = applyChange({ ...change, kind: 'add-column' }, before);
  return remakeTable(change.table, { before, after }, new Map([[foldName(column.name), expression]]));
}

/** Rows that came while the column was parked, and all rows where it was purged: they have no value for it. */
function emptyRows(
  { name, primaryKey }: Table,
  column: Column,
  { place, table: values, keys }: ParkedValues,
): readonly Precheck[] {
  const checked = { table: { name }, key: primaryKey?.columns ?? [] };
  const ofRow = keys.map((key, at) => `t.${key} = p.key_${at}`).join(' and ');
  return [
    unfilledRows(
      sqliteText,
      checked,
      `not exists (select 1 from sqlite_schema where name = ${sqliteText.literal(place)})`,
      column.name,
    ),
    unfilledRows(
      sqliteText,
      checked,
      `not exists (select 1 from ${values} p where ${ofRow} and p.value is not null)`,
      column.name,
    ),
  ];
}

/** One statement, so that what it asks first holds for all of it. */
function joined(statements: readonly DefinitionStatement[]): DefinitionStatement {
  const prechecks = statements.flatMap((statement) => statement.prechecks ?? []);
  return {
    ...plain(statements.map(({ sql }) => sql).join(';\n')),
    ...(statements.some(({ rebuilds }) => rebuilds === true) ? { rebuilds: true as const } : {}),
    ...(prechecks.length === 0 ? {} : { prechecks }),
  };
}

function plain(sql: string): DefinitionStatement {
  return { sql, transactional: true };
}
