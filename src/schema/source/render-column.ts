import type { Column, ColumnDefault } from '../../catalog/model/column.ts';
import type { ColumnType } from '../../catalog/model/column-type.ts';
import type { LiteralValue } from '../../catalog/model/expression.ts';
import type { Table } from '../../catalog/model/table.ts';
import { derivedName, snakeCase } from '../../util/names.ts';
import { renderExpression } from './render-expression.ts';
import { isLoneReference, renderReference } from './render-foreign-key.ts';
import { renderType } from './render-type.ts';
import { isLoneUnique } from './lone-unique.ts';
import { renderKey, renderText, renderValue } from './render-value.ts';
import type { SourceContext } from './source-context.ts';

/** One property of a table definition. */
export function renderColumn(column: Column, table: Table, context: SourceContext): string {
  const property = context.names.column(table, column.name);
  const calls = [
    ...(snakeCase(property) === column.name ? [] : [`named(${renderText(column.name)})`]),
    ...(column.nullable ? ['null()'] : []),
    ...renderOwnValue(column, context),
    ...(column.collation === undefined ? [] : [`collate(${renderText(column.collation)})`]),
    ...renderKeys(column, table, context),
    ...(column.comment === undefined ? [] : [`comment(${renderText(column.comment)})`]),
    ...(column.options === undefined ? [] : [`options(${renderValue(column.options)})`]),
  ];
  return `${renderKey(property)}: ${[renderType(column.type, context), ...calls].join('.')}`;
}

function renderOwnValue(
  { default: value, generated, identity, type }: Column,
  context: SourceContext,
): readonly string[] {
  return [
    ...(value === undefined ? [] : [`default(${renderDefault(value, type, context)})`]),
    ...(generated === undefined
      ? []
      : [
          `generatedAs(${renderExpression(generated.expression, context)}${generated.stored ? '' : ', { stored: false }'})`,
        ]),
    ...(identity === undefined
      ? []
      : [
          `identity(${renderOptions({ ...identity, generation: identity.generation === 'by-default' ? undefined : identity.generation })})`,
        ]),
  ];
}

function renderKeys(column: Column, table: Table, context: SourceContext): readonly string[] {
  const { primaryKey } = table;
  const isKey = primaryKey?.columns.length === 1 && primaryKey.columns[0] === column.name;
  const keyName = primaryKey?.name === derivedName(table.name, 'pkey') ? undefined : primaryKey?.name;
  return [
    ...(isKey ? [`primaryKey(${renderOptions({ name: keyName })})`] : []),
    ...table.uniques
      .filter((unique) => isLoneUnique(unique) && unique.columns[0] === column.name)
      .slice(0, 1)
      .map(({ name }) =>
        name === derivedName(table.name, column.name, 'key') ? 'unique()' : `unique({ name: ${renderText(name)} })`,
      ),
    ...table.foreignKeys
      .filter((key) => key.columns[0] === column.name && isLoneReference(key, table))
      .map((key) => renderReference(key, table, context)),
  ];
}

function renderOptions(options: Readonly<Record<string, string | boolean | undefined>>): string {
  return Object.values(options).every((value) => value === undefined) ? '' : renderValue(options);
}

function renderDefault(value: ColumnDefault, type: ColumnType, context: SourceContext): string {
  switch (value.kind) {
    case 'literal':
      return renderLiteral(value.value, type);
    case 'now':
      return `${context.use('now')}()`;
    case 'expression':
      return renderExpression(value.expression, context);
  }
}

/** `as never` where the engine's constant is not what the column's values look like in TypeScript. */
function renderLiteral(value: LiteralValue, type: ColumnType): string {
  if (type.kind === 'bigint' && typeof value === 'string' && /^(?:0|-?[1-9]\d*)$/.test(value)) return `${value}n`;
  const text = renderValue(value);
  return value === null || typeof value === literalType(type) ? text : `${text} as never`;
}

function literalType(type: ColumnType): 'number' | 'string' | 'boolean' | undefined {
  switch (type.kind) {
    case 'smallint':
    case 'integer':
    case 'real':
    case 'double':
      return 'number';
    case 'boolean':
      return 'boolean';
    case 'decimal':
    case 'text':
    case 'varchar':
    case 'char':
    case 'uuid':
    case 'date':
    case 'time':
    case 'timestamp':
    case 'interval':
    case 'json':
    case 'native':
      return 'string';
    case 'timestamptz':
      return type.precision > 3 ? 'string' : undefined;
    // An enum's values are told apart by TypeScript, and a default of an earlier version may be none of them.
    case 'enum':
      return 'string';
    case 'bigint':
    case 'bytes':
    case 'array':
    case 'vector':
      return undefined;
  }
}
