import type { IndexDefinition, IndexKey } from '../../catalog/model/index-definition.ts';
import type { Table } from '../../catalog/model/table.ts';
import { derivedName } from '../../util/names.ts';
import { columnOf, listOf } from './column-path.ts';
import { renderExpression } from './render-expression.ts';
import { renderObject, renderText, renderValue } from './render-value.ts';
import type { SourceContext } from './source-context.ts';

/** An index as a member of its table. */
export function renderIndex(index: IndexDefinition, table: Table, context: SourceContext): string {
  const { name, keys, unique, method, where, include, nullsNotDistinct, comment, options: engineOptions } = index;
  const parts = keys.map(({ column }) => column ?? 'expr');
  const options = [
    ...(name === derivedName(table.name, ...parts, unique ? 'key' : 'idx') ? [] : [`name: ${renderText(name)}`]),
    ...(method === undefined ? [] : [`method: ${renderText(method)}`]),
    ...(where === undefined ? [] : [`where: ${renderExpression(where, context)}`]),
    ...(include === undefined ? [] : [`include: ${listOf(table, include, context)}`]),
    ...(nullsNotDistinct === undefined ? [] : [`nullsNotDistinct: ${nullsNotDistinct}`]),
    ...(comment === undefined ? [] : [`comment: ${renderText(comment)}`]),
    ...(engineOptions === undefined ? [] : [`options: ${renderValue(engineOptions)}`]),
  ];
  const given = [
    ...keys.map((key) => renderIndexKey(key, table, context)),
    ...(options.length === 0 ? [] : [renderObject(options, '    ')]),
  ];
  return `${context.use(unique ? 'uniqueIndex' : 'index')}(${given.join(', ')})`;
}

function renderIndexKey(key: IndexKey, table: Table, context: SourceContext): string {
  const { column, expression, order, nulls, collation, operatorClass, prefixLength } = key;
  const of =
    expression === undefined ? columnOf('t', table, column ?? '', context) : renderExpression(expression, context);
  const rest = [
    ...(nulls === undefined ? [] : [`nulls: ${renderText(nulls)}`]),
    ...(collation === undefined ? [] : [`collation: ${renderText(collation)}`]),
    ...(operatorClass === undefined ? [] : [`operatorClass: ${renderText(operatorClass)}`]),
    ...(prefixLength === undefined ? [] : [`prefixLength: ${prefixLength}`]),
  ];
  if (rest.length === 0 && order === undefined) return of;
  if (rest.length === 0 && expression === undefined) return `${of}.desc()`;
  return renderObject([`key: ${of}`, ...(order === undefined ? [] : [`order: '${order}'`]), ...rest]);
}
