import type { IndexDefinition, IndexKey } from '../../catalog/model/index-definition.ts';
import { derivedName } from '../../util/names.ts';
import { ColumnReference, type IndexKeyInput } from '../column/column-reference.ts';
import { toExpression } from './expression.ts';
import type { IndexMember } from './members.ts';

/** The catalog's index for an `index()` or `uniqueIndex()` of a table. */
export function buildIndex(table: string, { keys, options }: IndexMember): IndexDefinition {
  const parts = keys.map(({ key }) => (key instanceof ColumnReference ? key.columnName : 'expr'));
  const unique = options.unique ?? false;
  return {
    name: options.name ?? derivedName(table, ...parts, unique ? 'key' : 'idx'),
    keys: keys.map(buildKey),
    unique,
    ...(options.method === undefined ? {} : { method: options.method }),
    ...(options.where === undefined ? {} : { where: toExpression(options.where) }),
    ...(options.include === undefined ? {} : { include: options.include.map(({ columnName }) => columnName) }),
    ...(options.nullsNotDistinct === undefined ? {} : { nullsNotDistinct: options.nullsNotDistinct }),
    ...(options.comment === undefined ? {} : { comment: options.comment }),
    ...(options.options === undefined ? {} : { options: options.options }),
  };
}

function buildKey({ key, ...said }: IndexKeyInput): IndexKey {
  return {
    ...(key instanceof ColumnReference ? { column: key.columnName } : { expression: toExpression(key) }),
    ...said,
  };
}
