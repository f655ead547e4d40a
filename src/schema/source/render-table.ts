import type { Table } from '../../catalog/model/table.ts';
import { derivedName } from '../../util/names.ts';
import { listOf } from './column-path.ts';
import { renderColumn } from './render-column.ts';
import { renderExpression } from './render-expression.ts';
import { isLoneReference, renderForeignKey } from './render-foreign-key.ts';
import { renderIndex } from './render-index.ts';
import { isLoneUnique } from './lone-unique.ts';
import { renderText, renderValue } from './render-value.ts';
import type { SourceContext } from './source-context.ts';

/** The export that defines one table. */
export function renderTable(table: Table, context: SourceContext): string {
  const columns = table.columns.map((column) => `  ${renderColumn(column, table, context)},\n`).join('');
  const members = renderMembers(table, context);
  const options = renderOptions(table);
  const spanning =
    members.length === 0 ? '() => []' : `(t) => [\n${members.map((member) => `  ${member},\n`).join('')}]`;
  const tail =
    members.length === 0 && options === undefined ? '' : `, ${spanning}${options === undefined ? '' : `, ${options}`}`;
  return `export const ${context.names.table(table)} = ${context.use('table')}(${renderText(table.name)}, {\n${columns}}${tail});\n`;
}

function renderMembers(table: Table, context: SourceContext): readonly string[] {
  const { primaryKey } = table;
  return [
    ...(primaryKey === undefined || primaryKey.columns.length === 1 ? [] : [renderPrimaryKey(table, context)]),
    ...table.uniques
      .filter((unique) => !standsWithColumn(unique, table))
      .map((unique) => renderUnique(unique, table, context)),
    ...table.foreignKeys
      .filter((key) => !isLoneReference(key, table))
      .map((key) => renderForeignKey(key, table, context)),
    ...table.checks.map((check) => renderCheck(check, context)),
    ...table.indexes.map((index) => renderIndex(index, table, context)),
  ];
}

function renderPrimaryKey(table: Table, context: SourceContext): string {
  const { name, columns = [] } = table.primaryKey ?? {};
  const isDerived = name === undefined || name === derivedName(table.name, 'pkey');
  const list = listOf(table, columns, context).slice(1, -1);
  return `${context.use('primaryKey')}(${list}${isDerived ? '' : `, { name: ${renderText(name)} }`})`;
}

/** The first plain unique constraint of one column is a call on that column. */
function standsWithColumn(unique: Table['uniques'][number], table: Table): boolean {
  const first = table.uniques.find((other) => isLoneUnique(other) && other.columns[0] === unique.columns[0]);
  return first?.name === unique.name;
}

function renderCheck({ name, expression, ...options }: Table['checks'][number], context: SourceContext): string {
  const tail = Object.keys(options).length === 0 ? '' : `, ${renderValue(options, '  ')}`;
  return `${context.use('check')}(${renderText(name)}, ${renderExpression(expression, context)}${tail})`;
}

function renderUnique(unique: Table['uniques'][number], table: Table, context: SourceContext): string {
  const { name, columns, nullsNotDistinct, deferrable } = unique;
  const options = {
    ...(name === derivedName(table.name, ...columns, 'key') ? {} : { name }),
    ...(nullsNotDistinct === undefined ? {} : { nullsNotDistinct }),
    ...(deferrable === undefined ? {} : { deferrable }),
  };
  const tail = Object.keys(options).length === 0 ? '' : `, ${renderValue(options, '  ')}`;
  return `${context.use('unique')}(${listOf(table, columns, context)}${tail})`;
}

function renderOptions({ namespace, comment, options, columns }: Table): string | undefined {
  // Where nothing else is said, a table's `id` comes first.
  const columnOrder = columns.findIndex(({ name }) => name === 'id') > 0 ? 'as-written' : undefined;
  const said = { namespace, comment, columnOrder, options };
  return Object.values(said).every((value) => value === undefined) ? undefined : renderValue(said);
}
