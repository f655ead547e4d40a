import type { Alteration } from '../../../catalog/change/alteration.ts';
import { objectBefore } from '../../../catalog/change/find-before.ts';
import type { Column } from '../../../catalog/model/column.ts';
import type { EnumType } from '../../../catalog/model/enum-type.ts';
import { sameName, type ObjectName } from '../../../catalog/model/object-name.ts';
import type { Table } from '../../../catalog/model/table.ts';
import type { DefinitionStatement } from '../../../dialect/definition.ts';
import { rowsWithValue } from '../../../dialect/prechecks.ts';
import { refuse, refuseSupplementary } from '../refuse.ts';
import { mysqlText } from '../text.ts';
import { printColumn } from './column.ts';
import { alterTable, setting, type AlterationContext, type DefinitionContext } from './context.ts';
import { checkedTable, tableOf } from './table-of.ts';

/** The values stand at each column: every column of the type is said anew, one statement a table. */
export function alterEnum(type: EnumType, { before, after }: AlterationContext): readonly DefinitionStatement[] {
  refuseSupplementary(type, undefined, type.values);
  if (type.comment !== undefined)
    throw refuse(type, undefined, 'an enum has no comment', 'write the comment at its columns');
  const old = objectBefore(before.catalog.enums, type);
  const gone = old.values.filter((value) => !type.values.includes(value));
  return usersOf(type, before).map(({ table, columns }) => {
    const prechecks =
      gone.length === 0
        ? []
        : columns.map((column) => rowsWithValue(mysqlText, checkedTable(table), column.name, gone));
    const sql = modify(tableOf(table, after), columns, after);
    return { ...setting(sql), ...(prechecks.length === 0 ? {} : { prechecks }) };
  });
}

/** Both names are allowed while the rows change over; rows written meanwhile under the old one are refused at the end. */
export function renameEnumValue(
  { enum: name, value, to }: Extract<Alteration, { kind: 'rename-enum-value' }>,
  { before, after }: AlterationContext,
): readonly DefinitionStatement[] {
  const old = objectBefore(before.catalog.enums, name);
  refuseSupplementary(name, undefined, [to]);
  const enums = before.catalog.enums.map((one) => (one === old ? { ...old, values: [...old.values, to] } : one));
  const between = { ...before, catalog: { ...before.catalog, enums } };
  return usersOf(name, before).flatMap(({ table, columns }) => [
    setting(modify(table, columns, between)),
    ...columns.map((column) => rename(table, column, value, to)),
    setting(modify(tableOf(table, after), columns, after)),
  ]);
}

function rename(table: Table, { name }: Column, value: string, to: string): DefinitionStatement {
  const column = mysqlText.name(name);
  return {
    sql: `update ${mysqlText.name(table.name)} set ${column} = ${mysqlText.literal(to)} where ${column} = ${mysqlText.literal(value)}`,
    transactional: false,
    class: 'data',
    repeatable: true,
  };
}

/** The statement that says these columns of `table` as the catalog of `context` has them. */
function modify(table: Table, columns: readonly Column[], context: DefinitionContext): string {
  const names = new Set(columns.map(({ name }) => name));
  const said = table.columns.filter(({ name }) => names.has(name));
  return alterTable(
    table,
    said.map((column) => `modify column ${printColumn(column, table, context)}`),
  );
}

function usersOf(
  name: ObjectName,
  { catalog }: DefinitionContext,
): readonly { readonly table: Table; readonly columns: readonly Column[] }[] {
  return catalog.tables
    .map((table) => ({
      table,
      columns: table.columns.filter(({ type }) => type.kind === 'enum' && sameName(type, name)),
    }))
    .filter(({ columns }) => columns.length > 0);
}
