import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { displayName, sameName, type ObjectName } from '../model/object-name.ts';
import type { Table } from '../model/table.ts';
import { isAlteration } from './alteration.ts';
import { isTransition } from './transition.ts';
import type { Change } from './change.ts';

/** The changes inside one table. */
export type TableChange = Extract<
  Change,
  {
    kind:
      | 'add-column'
      | 'drop-column'
      | 'add-unique'
      | 'drop-unique'
      | 'add-check'
      | 'drop-check'
      | 'add-foreign-key'
      | 'drop-foreign-key'
      | 'create-index'
      | 'drop-index';
  }
>;

export function isTableChange(change: Change): change is TableChange {
  return (
    'table' in change &&
    !isAlteration(change) &&
    !isTransition(change) &&
    change.kind !== 'create-table' &&
    change.kind !== 'drop-table'
  );
}

/** The tables after a change to one of them. */
export function applyToTable(change: TableChange, tables: readonly Table[]): readonly Table[] {
  const position = tables.findIndex((table) => sameName(table, change.table));
  const table = tables[position];
  if (table === undefined) throw invalid(change.table, 'the table is not there');
  return tables.with(position, changeTable(change, table));
}

function changeTable(change: TableChange, table: Table): Table {
  switch (change.kind) {
    case 'add-column':
      return { ...table, columns: added(table, 'column', table.columns, change.column) };
    case 'drop-column':
      refuseUsedColumn(table, change.column);
      return { ...table, columns: dropped(table, 'column', table.columns, change.column) };
    case 'add-unique':
      return { ...table, uniques: added(table, 'unique constraint', table.uniques, change.unique) };
    case 'drop-unique':
      return { ...table, uniques: dropped(table, 'unique constraint', table.uniques, change.name) };
    case 'add-check':
      return { ...table, checks: added(table, 'check', table.checks, change.check) };
    case 'drop-check':
      return { ...table, checks: dropped(table, 'check', table.checks, change.name) };
    case 'add-foreign-key':
      return { ...table, foreignKeys: added(table, 'foreign key', table.foreignKeys, change.foreignKey) };
    case 'drop-foreign-key':
      return { ...table, foreignKeys: dropped(table, 'foreign key', table.foreignKeys, change.name) };
    case 'create-index':
      return { ...table, indexes: added(table, 'index', table.indexes, change.index) };
    case 'drop-index':
      return { ...table, indexes: dropped(table, 'index', table.indexes, change.name) };
  }
}

interface Named {
  readonly name: string;
}

function added<T extends Named>(table: Table, kind: string, members: readonly T[], member: T): readonly T[] {
  if (members.some(({ name }) => name === member.name)) throw invalid(table, `${kind} ${member.name} is there already`);
  return [...members, member];
}

function dropped<T extends Named>(table: Table, kind: string, members: readonly T[], name: string): readonly T[] {
  if (!members.some((member) => member.name === name)) throw invalid(table, `there is no ${kind} ${name}`);
  return members.filter((member) => member.name !== name);
}

/** A column that a key or constraint names goes only after them: otherwise the catalog would not say they went too. */
function refuseUsedColumn(table: Table, column: string): void {
  const user = [
    ...(table.primaryKey === undefined ? [] : [{ name: 'the primary key', columns: table.primaryKey.columns }]),
    ...table.uniques,
    ...table.foreignKeys,
    ...table.indexes.map(({ name, keys, include = [] }) => ({
      name,
      columns: [...keys.flatMap((key) => key.column ?? []), ...include],
    })),
  ].find(({ columns }) => columns.includes(column));
  if (user !== undefined) throw invalid(table, `column ${column} is part of ${user.name}, which must go first`);
}

function invalid(table: ObjectName, reason: string): RowhouseError {
  const name = displayName(table);
  return new RowhouseError('CHANGE_INVALID', `table ${name}: ${reason}`, { details: { table: name } });
}
