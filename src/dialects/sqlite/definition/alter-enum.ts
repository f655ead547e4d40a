import type { Alteration } from '../../../catalog/change/alteration.ts';
import type { Table } from '../../../catalog/model/table.ts';
import { sameName, type ObjectName } from '../../../catalog/model/object-name.ts';
import type { DefinitionStatement } from '../../../dialect/definition.ts';
import { foldName } from '../rebuild/fold-name.ts';
import { sqliteText } from '../text.ts';
import { remakeTable, type Step } from './remake-table.ts';

/** The values of an enum are a check on each of its columns: their tables are made anew. */
export function alterEnum(name: ObjectName, step: Step): readonly DefinitionStatement[] {
  return tablesWith(name, step).flatMap((table) => remakeTable(table, step));
}

/** The same, with the old value read as the new one while the rows are copied. */
export function renameEnumValue(
  change: Extract<Alteration, { kind: 'rename-enum-value' }>,
  step: Step,
): readonly DefinitionStatement[] {
  const [from, to] = [sqliteText.literal(change.value), sqliteText.literal(change.to)];
  const renamed = (column: string): string => {
    const name = sqliteText.name(column);
    return `case ${name} when ${from} then ${to} else ${name} end`;
  };
  return tablesWith(change.enum, step).flatMap((table) =>
    remakeTable(table, step, new Map(columnsOf(table, change.enum).map((name) => [foldName(name), renamed(name)]))),
  );
}

function tablesWith(name: ObjectName, { before }: Step): readonly Table[] {
  return before.tables.filter((table) => columnsOf(table, name).length > 0);
}

function columnsOf({ columns }: Table, name: ObjectName): readonly string[] {
  return columns.flatMap((column) => (column.type.kind === 'enum' && sameName(column.type, name) ? [column.name] : []));
}
