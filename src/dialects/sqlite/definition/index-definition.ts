import type { IndexDefinition, IndexKey } from '../../../catalog/model/index-definition.ts';
import type { ObjectName } from '../../../catalog/model/object-name.ts';
import { refuse, refuseName } from '../refuse.ts';
import { sqliteText } from '../text.ts';
import { collationText } from './collation.ts';
import { expressionText } from './expression.ts';

/** An index. SQLite knows one kind of them. */
export function createIndex(table: ObjectName, index: IndexDefinition): string {
  refuseName(table);
  refuseName(table, index.name);
  refuseExtras(table, index);
  const { name, keys, unique, where } = index;
  const list = keys.map((key) => keyText(table, name, key)).join(', ');
  const predicate = where === undefined ? '' : ` where ${expressionText(where)}`;
  const kind = unique ? 'unique index' : 'index';
  return `create ${kind} ${sqliteText.name(name)} on ${sqliteText.name(table.name)} (${list})${predicate}`;
}

function refuseExtras(
  table: ObjectName,
  { name, method, include = [], nullsNotDistinct = false }: IndexDefinition,
): void {
  if (method !== undefined && method !== 'btree')
    throw refuse(table, name, `there are no ${method} indexes`, 'leave the method out');
  if (include.length > 0)
    throw refuse(table, name, 'an index includes no columns beside its keys', 'add them at the end of the keys');
  if (nullsNotDistinct)
    throw refuse(table, name, 'two nulls are never equal in a unique index', 'make the columns not null');
}

function keyText(table: ObjectName, index: string, key: IndexKey): string {
  const descending = key.order === 'desc';
  // Nulls are the smallest values: first going up, last going down. Only that can be asked for.
  if (key.nulls !== undefined && key.nulls !== (descending ? 'last' : 'first'))
    throw refuse(table, index, `nulls cannot sort ${key.nulls} in an index`, 'leave the order of nulls out');
  if (key.operatorClass !== undefined)
    throw refuse(table, index, `there is no operator class ${key.operatorClass}`, 'leave it out');
  if (key.prefixLength !== undefined)
    throw refuse(
      table,
      index,
      'an index key cannot be cut to a length',
      'index an expression such as substr(column, 1, 20)',
    );
  return [
    key.expression === undefined ? sqliteText.name(key.column ?? '') : `(${expressionText(key.expression)})`,
    ...(key.collation === undefined ? [] : [collationText(table, index, key.collation)]),
    ...(descending ? ['desc'] : []),
  ].join(' ');
}
