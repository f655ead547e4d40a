import type { IndexDefinition, IndexKey } from '../../../catalog/model/index-definition.ts';
import { displayName, type ObjectName } from '../../../catalog/model/object-name.ts';
import { capabilityMissing, nameList, newName, postgresText, qualified } from '../text.ts';
import { commentText } from './comment.ts';
import { expressionText } from './expression.ts';

/** An index and its comment. It lives in the namespace of its table. */
export function createIndex(table: ObjectName, index: IndexDefinition): readonly string[] {
  const { name, keys, unique, method, where, include = [], nullsNotDistinct = false } = index;
  const sql = [
    `create ${unique ? 'unique ' : ''}index ${newName(name)} on ${qualified(table)}`,
    ...(method === undefined ? [] : [`using ${postgresText.name(method)}`]),
    `(${keys.map((key) => keyText(table, index, key)).join(', ')})`,
    ...(include.length === 0 ? [] : [`include (${nameList(include)})`]),
    ...(nullsNotDistinct ? ['nulls not distinct'] : []),
    ...(where === undefined ? [] : [`where ${expressionText(where)}`]),
  ].join(' ');
  return [sql, ...commentText(`index ${qualified({ ...table, name })}`, index.comment)];
}

function keyText(table: ObjectName, index: IndexDefinition, key: IndexKey): string {
  if (key.prefixLength !== undefined) {
    throw capabilityMissing(
      `${displayName(table)}.${index.name}`,
      'an index key cannot be cut to a length',
      'index an expression such as left(column, 20)',
    );
  }
  return [
    key.expression === undefined ? postgresText.name(key.column ?? '') : `(${expressionText(key.expression)})`,
    ...(key.collation === undefined ? [] : [`collate ${postgresText.name(key.collation)}`]),
    ...(key.operatorClass === undefined ? [] : [operatorClassName(key.operatorClass)]),
    ...(key.order === undefined ? [] : [key.order]),
    ...(key.nulls === undefined ? [] : [`nulls ${key.nulls}`]),
  ].join(' ');
}

function operatorClassName(name: string): string {
  return name
    .split('.')
    .map((part) => postgresText.name(part))
    .join('.');
}
