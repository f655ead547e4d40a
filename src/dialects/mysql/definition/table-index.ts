import type { Expression } from '../../../catalog/model/expression.ts';
import type { IndexDefinition, IndexKey } from '../../../catalog/model/index-definition.ts';
import { findColumn, type Table } from '../../../catalog/model/table.ts';
import { refuse, refuseName, refuseSupplementary } from '../refuse.ts';
import { mysqlText } from '../text.ts';
import { expressionText, type DefinitionContext } from './context.ts';
import { keyColumnName } from './generated-names.ts';
import { keyColumnType } from './key-column-type.ts';
import { memberOption } from './member-option.ts';
import { refuseUnsizedKey } from './key-size.ts';

/** An index in `create table` and `alter table … add`, with the generated columns that it needs. */
export interface PrintedIndex {
  readonly columns: readonly string[];
  readonly definition: string;
}

/**
 * A predicate becomes one more key part, `case when … then 1 end`: it is null for rows outside, and null is never a
 * duplicate. The other key parts stay plain, so the index still serves a search by them.
 */
export function printIndex(index: IndexDefinition, table: Table, context: DefinitionContext): PrintedIndex {
  refuseIndex(index, table, context);
  const keys = index.keys.map((key, place) => printKey(key, place + 1, index, table, context));
  const where = index.where === undefined ? [] : [printWhere(index.where, index, context)];
  const printed = [...keys, ...where];
  return {
    columns: printed.flatMap(({ column }) => column ?? []),
    definition: [
      `${indexWord(index)} ${mysqlText.name(index.name)}`,
      `(${printed.map(({ part }) => part).join(', ')})`,
      ...(index.method === 'hash' ? ['using hash'] : []),
      ...(index.comment === undefined ? [] : [`comment ${mysqlText.literal(index.comment)}`]),
      ...(table.options?.[memberOption('unused_index', index.name)] === true ? [context.flavor.unusedIndex] : []),
    ].join(' '),
  };
}

/** The generated columns that exist for this index alone. */
export function indexColumns(index: IndexDefinition, { flavor }: DefinitionContext): readonly string[] {
  if (flavor.expressionKeys === 'functional') return [];
  const keys = index.keys.flatMap((key, place) =>
    key.expression === undefined ? [] : [keyColumnName(index.name, place + 1)],
  );
  return index.where === undefined ? keys : [...keys, keyColumnName(index.name, 'where')];
}

interface PrintedKey {
  readonly part: string;
  readonly column?: string;
}

function printKey(
  key: IndexKey,
  position: number,
  index: IndexDefinition,
  table: Table,
  context: DefinitionContext,
): PrintedKey {
  const order = key.order === 'desc' ? ' desc' : '';
  if (key.expression !== undefined) {
    const text = expressionText(key.expression, context);
    if (context.flavor.expressionKeys === 'functional') return { part: `(${text})${order}` };
    const name = mysqlText.name(keyColumnName(index.name, position));
    return { part: name + order, column: `${name} ${keyColumnType(text, index, table, context)} ${invisibly(text)}` };
  }
  const column = key.column ?? '';
  const length = key.prefixLength === undefined ? '' : `(${key.prefixLength})`;
  return { part: `${mysqlText.name(column)}${length}${order}` };
}

function printWhere(where: Expression, index: IndexDefinition, context: DefinitionContext): PrintedKey {
  const text = `case when ${expressionText(where, context)} then 1 end`;
  if (context.flavor.expressionKeys === 'functional') return { part: `(${text})` };
  const name = mysqlText.name(keyColumnName(index.name, 'where'));
  return { part: name, column: `${name} tinyint(1) ${invisibly(text)}` };
}

function invisibly(expression: string): string {
  return `generated always as (${expression}) virtual invisible`;
}

function indexWord({ unique, method }: IndexDefinition): string {
  if (method === 'fulltext' || method === 'spatial') return `${method} index`;
  return unique ? 'unique index' : 'index';
}

function refuseIndex(index: IndexDefinition, table: Table, { flavor }: DefinitionContext): void {
  refuseName(table, index.name);
  refuseSupplementary(table, index.name, [index.comment ?? '']);
  const lacks = (reason: string, hint: string): Error => refuse(table, index.name, reason, hint);
  if (index.include !== undefined && index.include.length > 0)
    throw lacks('an index cannot include columns beside its keys', 'make them keys, or leave them out');
  if (index.nullsNotDistinct === true)
    throw lacks('nulls are always distinct in a unique index', 'make the columns not null');
  if (index.where !== undefined && !index.unique)
    throw lacks('an index of a part of the rows must be unique here', 'leave the predicate out');
  if (!methodsOf(index, flavor.expressionKeys).includes(index.method ?? 'btree'))
    throw lacks(`there is no index method ${index.method}`, 'leave the method out');
  for (const key of index.keys) refuseKey(key, index, table);
}

function refuseKey(key: IndexKey, index: IndexDefinition, table: Table): void {
  if (key.operatorClass !== undefined || key.collation !== undefined)
    throw refuse(table, index.name, 'an index key has the collation of its column', 'set it on the column');
  if (key.nulls !== undefined && key.nulls !== (key.order === 'desc' ? 'last' : 'first'))
    throw refuse(table, index.name, 'nulls always sort before everything', 'leave the place of nulls out');
  const column = key.column === undefined ? undefined : findColumn(table, key.column);
  if (column !== undefined && key.prefixLength === undefined && !isUnsized(index.method))
    refuseUnsizedKey(table, column);
}

function isUnsized(method: string | undefined): boolean {
  return method === 'fulltext' || method === 'spatial' || method === 'hash';
}

/** MariaDB keeps a unique index over long text as a hash; an ordinary `using hash` would silently be a tree. */
function methodsOf(index: IndexDefinition, keys: 'functional' | 'generated-columns'): readonly string[] {
  return keys === 'generated-columns' && index.unique ? ['btree', 'hash'] : ['btree', 'fulltext', 'spatial'];
}
