import type { IndexDefinition, IndexKey } from '../../../catalog/model/index-definition.ts';
import { displayName, type ObjectName } from '../../../catalog/model/object-name.ts';
import { capabilityMissing, nameList, newName, postgresText, qualified } from '../text.ts';
import { commentText } from './comment.ts';
import { expressionText } from './expression.ts';
import { indexOptions, namedOptions } from './named-options.ts';

/** An index and its comment. It lives in the namespace of its table. */
export function createIndex(table: ObjectName, index: IndexDefinition): readonly string[] {
  const { name, unique } = index;
  return [
    `create ${unique ? 'unique ' : ''}index ${newName(name)} on ${qualified(table)} ${indexBody(table, index)}`,
    ...indexComment(table, index),
  ];
}

export function indexComment(table: ObjectName, { name, comment }: IndexDefinition): readonly string[] {
  return commentText(`index ${qualified({ ...table, name })}`, comment);
}

/** What stands behind the table's name: access method, keys and the rest. */
export function indexBody(table: ObjectName, index: IndexDefinition): string {
  const { keys, method, where, include = [], nullsNotDistinct = false } = index;
  const storage = namedOptions(`${displayName(table)}.${index.name}`, index.options, indexOptions);
  return [
    ...(method === undefined ? [] : [`using ${postgresText.name(method)}`]),
    `(${keys.map((key) => keyText(table, index, key)).join(', ')})`,
    ...(include.length === 0 ? [] : [`include (${nameList(include)})`]),
    ...(nullsNotDistinct ? ['nulls not distinct'] : []),
    ...(storage === '' ? [] : [`with (${storage})`]),
    ...(where === undefined ? [] : [`where ${expressionText(where)}`]),
  ].join(' ');
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
