import type { Check, ForeignKey, PrimaryKey, Unique } from '../../../catalog/model/constraint.ts';
import type { Table } from '../../../catalog/model/table.ts';
import { refuse, refuseName } from '../refuse.ts';
import { sqliteText } from '../text.ts';
import { expressionText } from './expression.ts';
import { conflictText, isUnnamed, keyOption } from './table-options.ts';

/** The key as a constraint of the table. One that numbers its column stands on the column instead. */
export function primaryKeyDefinition(table: Table, { name, columns }: PrimaryKey): string {
  const prefix = name === undefined ? '' : `constraint ${sqliteText.name(name)} `;
  const key = keyOption(table, 'primary key') ?? nameList(columns);
  return `${prefix}primary key (${key})${conflictText(table, 'primary key')}`;
}

export function uniqueDefinition(table: Table, { name, columns, nullsNotDistinct = false }: Unique): string {
  if (nullsNotDistinct)
    throw refuse(table, name, 'two nulls are never equal in a unique key', 'make the columns not null');
  const key = keyOption(table, name) ?? nameList(columns);
  return `constraint ${sqliteText.name(name)} unique (${key})${conflictText(table, name)}`;
}

export function checkDefinition({ name, expression }: Check): string {
  return `constraint ${sqliteText.name(name)} ${unnamedCheck({ expression })}`;
}

function unnamedCheck({ expression }: Pick<Check, 'expression'>): string {
  return `check (${expressionText(expression)})`;
}

/** The checks that stand behind the columns. */
export function tableChecks(table: Table): readonly string[] {
  return table.checks
    .filter((check) => !table.columns.some(({ name }) => isOfColumn(check, table, name)))
    .map((check) => (isUnnamed(table, check.name) ? unnamedCheck(check) : checkDefinition(check)));
}

/** The checks that stand on a column: those without a name that the inspector names after it. */
export function columnChecks(table: Table, column: string): readonly string[] {
  return table.checks.filter((check) => isOfColumn(check, table, column)).map(unnamedCheck);
}

function isOfColumn({ name }: Check, table: Table, column: string): boolean {
  const derived = `${table.name}_${column}_check`;
  return isUnnamed(table, name) && name.startsWith(derived) && /^(?:_[0-9]+)?$/.test(name.slice(derived.length));
}

export function foreignKeyDefinition(key: ForeignKey): string {
  const { name, columns, references, onDelete, onUpdate, deferrable } = key;
  refuseName(references);
  return [
    `constraint ${sqliteText.name(name)} foreign key (${nameList(columns)})`,
    `references ${sqliteText.name(references.name)} (${nameList(references.columns)})`,
    ...(onDelete === 'no-action' ? [] : [`on delete ${onDelete.replace('-', ' ')}`]),
    ...(onUpdate === 'no-action' ? [] : [`on update ${onUpdate.replace('-', ' ')}`]),
    ...(deferrable === undefined ? [] : [`deferrable initially ${deferrable}`]),
  ].join(' ');
}

function nameList(names: readonly string[]): string {
  return names.map((name) => sqliteText.name(name)).join(', ');
}
