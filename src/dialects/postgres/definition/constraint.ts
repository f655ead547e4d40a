import type { Check, ForeignKey, PrimaryKey, Unique } from '../../../catalog/model/constraint.ts';
import { nameList, newName, qualified } from '../text.ts';
import { expressionText } from './expression.ts';

export function primaryKeyDefinition(key: PrimaryKey): string {
  const name = key.name === undefined ? '' : `constraint ${newName(key.name)} `;
  return `${name}primary key (${nameList(key.columns)})`;
}

export function uniqueDefinition({ name, columns, nullsNotDistinct = false, deferrable }: Unique): string {
  return [
    `constraint ${newName(name)} unique${nullsNotDistinct ? ' nulls not distinct' : ''} (${nameList(columns)})`,
    ...(deferrable === undefined ? [] : [deferrableText(deferrable)]),
  ].join(' ');
}

/** From version 18 on a check can be said and not looked at; older servers refuse the words. */
export function checkDefinition({ name, expression, noInherit, notEnforced }: Check): string {
  return [
    `constraint ${newName(name)} check (${expressionText(expression)})`,
    ...(noInherit === true ? ['no inherit'] : []),
    ...(notEnforced === true ? ['not enforced'] : []),
  ].join(' ');
}

/** When a constraint is looked at that can wait for the end of the transaction. */
export function deferrableText(deferrable: 'immediate' | 'deferred'): string {
  return `deferrable initially ${deferrable}`;
}

export function foreignKeyDefinition(key: ForeignKey): string {
  const { name, columns, references, onDelete, onUpdate, deferrable } = key;
  return [
    `constraint ${newName(name)} foreign key (${nameList(columns)})`,
    `references ${qualified(references)} (${nameList(references.columns)})`,
    ...(key.match === undefined ? [] : [`match ${key.match}`]),
    ...(onDelete === 'no-action' ? [] : [`on delete ${onDelete.replace('-', ' ')}`]),
    ...(onUpdate === 'no-action' ? [] : [`on update ${onUpdate.replace('-', ' ')}`]),
    ...(deferrable === undefined ? [] : [deferrableText(deferrable)]),
  ].join(' ');
}
