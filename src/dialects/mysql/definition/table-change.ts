import { applyToTable, type TableChange } from '../../../catalog/change/table-change.ts';
import { findTable } from '../../../catalog/model/catalog.ts';
import { displayName } from '../../../catalog/model/object-name.ts';
import { findColumn, type Table } from '../../../catalog/model/table.ts';
import type { DefinitionStatement, ObjectReference } from '../../../dialect/definition.ts';
import { RowhouseError } from '../../../errors/rowhouse-error.ts';
import { refuse, refuseName } from '../refuse.ts';
import { mysqlText } from '../text.ts';
import { dropForeignKey } from './alter-member.ts';
import { printColumn } from './column.ts';
import { notNullCheck, printCheck, printForeignKey, printUnique } from './constraint.ts';
import { making, memberOf, removing, type DefinitionContext } from './context.ts';
import { followForeignKeys } from './foreign-key-index.ts';
import { indexColumns, printIndex } from './table-index.ts';

/** The statement of a change inside one table: one `alter table`, which happens in full or not at all. */
export function compileTableChange(change: TableChange, context: DefinitionContext): DefinitionStatement {
  const table = tableOf(change, context);
  const [next = table] = applyToTable(change, [table]);
  const following = followForeignKeys(table, next, context.flavor);
  const alter = (...parts: readonly string[]): string =>
    `alter table ${mysqlText.name(table.name)} ${parts.join(', ')}`;
  const member = (kind: 'column' | 'index' | 'constraint', name: string): ObjectReference =>
    memberOf(table, kind, name);
  switch (change.kind) {
    case 'add-column':
      return making(alter(...addColumn(change, table, context)), member('column', change.column.name));
    case 'drop-column':
      return removing(alter(...dropColumn(change.column, table, context)), member('column', change.column));
    case 'add-unique':
      return making(
        alter(`add ${printUnique(change.unique, table)}`, ...following),
        member('constraint', change.unique.name),
      );
    case 'drop-unique':
      return removing(
        alter(...dropIndex(change.name, table, context), ...following),
        member('constraint', change.name),
      );
    case 'add-check':
      return making(alter(`add ${printCheck(change.check, table, context)}`), member('constraint', change.check.name));
    case 'drop-check':
      return removing(alter(`drop constraint ${mysqlText.name(change.name)}`), member('constraint', change.name));
    case 'add-foreign-key': {
      const { foreignKey } = change;
      return making(
        alter(...following, `add ${printForeignKey(foreignKey, table)}`),
        member('constraint', foreignKey.name),
      );
    }
    case 'drop-foreign-key':
      return removing(alter(dropForeignKey(change.name), ...following), member('constraint', change.name));
    case 'create-index':
      return making(alter(...addIndex(change, table, context), ...following), member('index', change.index.name));
    case 'drop-index':
      return removing(alter(...dropIndex(change.name, table, context), ...following), member('index', change.name));
  }
}

function tableOf(change: TableChange, { catalog }: DefinitionContext): Table {
  refuseName(change.table);
  const table = findTable(catalog, change.table);
  if (table !== undefined) return table;
  const name = displayName(change.table);
  throw new RowhouseError('CHANGE_INVALID', `there is no table ${name}`, { details: { table: name } });
}

function addColumn(
  { column }: Extract<TableChange, { kind: 'add-column' }>,
  table: Table,
  context: DefinitionContext,
): readonly string[] {
  if (column.identity !== undefined)
    throw refuse(table, column.name, 'an identity column cannot be added later', 'make it with its table');
  return [
    `add column ${printColumn(column, table, context)}`,
    ...notNullCheck(column, table, context).map((check) => `add ${printCheck(check, table, context)}`),
  ];
}

function dropColumn(name: string, table: Table, context: DefinitionContext): readonly string[] {
  const column = findColumn(table, name);
  const checks = column === undefined ? [] : notNullCheck(column, table, context);
  return [
    ...checks.map((check) => `drop constraint ${mysqlText.name(check.name)}`),
    `drop column ${mysqlText.name(name)}`,
  ];
}

function addIndex(
  { index }: Extract<TableChange, { kind: 'create-index' }>,
  table: Table,
  context: DefinitionContext,
): readonly string[] {
  const { columns, definition } = printIndex(index, table, context);
  return [...columns.map((column) => `add column ${column}`), `add ${definition}`];
}

function dropIndex(name: string, table: Table, context: DefinitionContext): readonly string[] {
  const index = table.indexes.find((candidate) => candidate.name === name);
  const columns = index === undefined ? [] : indexColumns(index, context);
  return [`drop index ${mysqlText.name(name)}`, ...columns.map((column) => `drop column ${mysqlText.name(column)}`)];
}
