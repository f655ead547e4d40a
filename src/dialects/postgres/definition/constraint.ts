import type { Check, ForeignKey, PrimaryKey, Unique } from '../../../catalog/model/constraint.ts';
import { nameList, newName, qualified } from '../text.ts';
import { expressionText } from './expression.ts';

export function primaryKeyDefinition(key: PrimaryKey): string {
  const name = key.name === undefined ? '' : `constraint ${newName(key.name)} `;
  return `${name}primary key (${nameList(key.columns)})`;
}

export function uniqueDefinition({ name, columns, nullsNotDistinct = false }: Unique): string {
  return `constraint ${newName(name)} unique ${nullsNotDistinct ? 'nulls not distinct ' : ''}(${nameList(columns)})`;
}

export function checkDefinition({ name, expression }: Check): string {
  return `constraint ${newName(name)} check (${expressionText(expression)})`;
}

export function foreignKeyDefinition(key: ForeignKey): string {
  const { name, columns, references, onDelete, onUpdate, deferrable } = key;
  return [
    `constraint ${newName(name)} foreign key (${nameList(columns)})`,
    `references ${qualified(references)} (${nameList(references.columns)})`,
    ...(onDelete === 'no-action' ? [] : [`on delete ${onDelete.replace('-', ' ')}`]),
    ...(onUpdate === 'no-action' ? [] : [`on update ${onUpdate.replace('-', ' ')}`]),
    ...(deferrable === undefined ? [] : [`deferrable initially ${deferrable}`]),
  ].join(' ');
}
