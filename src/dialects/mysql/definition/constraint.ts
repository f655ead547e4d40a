import type { Column } from '../../../catalog/model/column.ts';
import type { Check, ForeignKey, ForeignKeyAction, PrimaryKey, Unique } from '../../../catalog/model/constraint.ts';
import { textExpression } from '../../../catalog/model/expression.ts';
import { findColumn, type Table } from '../../../catalog/model/table.ts';
import { refuse, refuseName } from '../refuse.ts';
import { mysqlText, qualifiedName } from '../text.ts';
import { expressionText, type DefinitionContext } from './context.ts';
import { notNullCheckName } from './generated-names.ts';
import { refuseUnsizedKey } from './key-size.ts';
import { memberOption } from './member-option.ts';

/** The server calls every primary key `PRIMARY`, whatever name it is given. */
export function printPrimaryKey(key: PrimaryKey, table: Table): string {
  refuseUnsizedKeys(key.columns, table);
  return `primary key (${nameList(key.columns)})`;
}

/** A unique key is an index here; there is no constraint beside it. */
export function printUnique(unique: Unique, table: Table): string {
  refuseName(table, unique.name);
  if (unique.nullsNotDistinct === true)
    throw refuse(table, unique.name, 'nulls are always distinct in a unique key', 'make the columns not null');
  refuseUnsizedKeys(unique.columns, table);
  return `unique index ${mysqlText.name(unique.name)} (${nameList(unique.columns)})`;
}

/** A check, with the word for one that is not enforced. */
export function printCheck(check: Check, table: Table, context: DefinitionContext): string {
  refuseName(table, check.name);
  const isEnforced = table.options?.[memberOption('not_enforced', check.name)] !== true;
  const text = `constraint ${mysqlText.name(check.name)} check (${expressionText(check.expression, context)})`;
  return isEnforced ? text : `${text} not enforced`;
}

/** Both actions are always said: what a server reports for an unsaid one differs. */
export function printForeignKey(foreignKey: ForeignKey, table: Table): string {
  refuseName(table, foreignKey.name);
  if (foreignKey.deferrable !== undefined)
    throw refuse(table, foreignKey.name, 'a foreign key cannot be deferred', 'leave deferrable out');
  const { columns, references, onDelete, onUpdate } = foreignKey;
  return [
    `constraint ${mysqlText.name(foreignKey.name)} foreign key (${nameList(columns)})`,
    `references ${qualifiedName(references)} (${nameList(references.columns)})`,
    `on delete ${actionText(onDelete, foreignKey, table)} on update ${actionText(onUpdate, foreignKey, table)}`,
  ].join(' ');
}

/** The check that stands for `not null` on a generated column, where the server has no such word. */
export function notNullCheck(column: Column, table: Table, { flavor }: DefinitionContext): readonly Check[] {
  if (column.nullable || column.generated === undefined || flavor.generatedNotNull) return [];
  const expression = textExpression(`${mysqlText.name(column.name)} is not null`);
  return [{ name: notNullCheckName(table.name, column.name), expression }];
}

/** Quoted names with commas between. */
export function nameList(names: readonly string[]): string {
  return names.map((name) => mysqlText.name(name)).join(', ');
}

function refuseUnsizedKeys(columns: readonly string[], table: Table): void {
  for (const name of columns) {
    const column = findColumn(table, name);
    if (column !== undefined) refuseUnsizedKey(table, column);
  }
}

function actionText(action: ForeignKeyAction, foreignKey: ForeignKey, table: Table): string {
  switch (action) {
    case 'no-action':
      return 'no action';
    case 'restrict':
    case 'cascade':
      return action;
    case 'set-null':
      return 'set null';
    case 'set-default':
      throw refuse(table, foreignKey.name, 'a foreign key cannot set defaults', 'use set-null or restrict');
  }
}
