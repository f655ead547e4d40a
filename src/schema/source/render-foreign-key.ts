import type { ForeignKey } from '../../catalog/model/constraint.ts';
import { sameName } from '../../catalog/model/object-name.ts';
import type { Table } from '../../catalog/model/table.ts';
import { derivedName } from '../../util/names.ts';
import { columnOf, listOf } from './column-path.ts';
import { renderObject, renderText } from './render-value.ts';
import type { SourceContext } from './source-context.ts';
import { definedLater } from './table-order.ts';

/** Can the key stand with its column? The first of one column can, unless it refers to its own table. */
export function isLoneReference(key: ForeignKey, table: Table): boolean {
  if (key.columns.length !== 1 || sameName(key.references, table)) return false;
  return table.foreignKeys.find((other) => other.columns.length === 1 && other.columns[0] === key.columns[0]) === key;
}

/** `references(() => users.id, { … })`: the key as a call on its column. */
export function renderReference(key: ForeignKey, table: Table, context: SourceContext): string {
  const [target = ''] = key.references.columns;
  const answer = definedLater(key.references, table, context.catalog) ? `: ${context.useType('ColumnReference')}` : '';
  const path = columnOf(context.names.table(key.references), key.references, target, context);
  return `references(()${answer} => ${path}${options(key, table)})`;
}

/** `foreignKey([t.a, t.b], () => [other.a, other.b], { … })`: the key as a member of its table. */
export function renderForeignKey(key: ForeignKey, table: Table, context: SourceContext): string {
  const isOwn = sameName(key.references, table);
  const later = !isOwn && definedLater(key.references, table, context.catalog);
  const answer = later ? `: readonly ${context.useType('ColumnReference')}[]` : '';
  const target = isOwn ? 't' : context.names.table(key.references);
  const targets = key.references.columns.map((column) => columnOf(target, key.references, column, context));
  return `${context.use('foreignKey')}(${listOf(table, key.columns, context)}, ()${answer} => [${targets.join(', ')}]${options(key, table)})`;
}

function options({ name, columns, onDelete, onUpdate, match, deferrable }: ForeignKey, table: Table): string {
  const said = [
    ...(name === derivedName(table.name, ...columns, 'fkey') ? [] : [`name: ${renderText(name)}`]),
    ...(onDelete === 'no-action' ? [] : [`onDelete: ${renderText(onDelete)}`]),
    ...(onUpdate === 'no-action' ? [] : [`onUpdate: ${renderText(onUpdate)}`]),
    ...(match === undefined ? [] : [`match: ${renderText(match)}`]),
    ...(deferrable === undefined ? [] : [`deferrable: ${renderText(deferrable)}`]),
  ];
  return said.length === 0 ? '' : `, ${renderObject(said, '    ')}`;
}
