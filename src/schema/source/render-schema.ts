import type { Catalog } from '../../catalog/model/catalog.ts';
import type { EnumType } from '../../catalog/model/enum-type.ts';
import type { View } from '../../catalog/model/view.ts';
import { snakeCase } from '../../util/names.ts';
import { renderExpression } from './render-expression.ts';
import { renderTable } from './render-table.ts';
import { renderType } from './render-type.ts';
import { renderKey, renderText, renderValue } from './render-value.ts';
import { sourceContext, type SourceContext } from './source-context.ts';
import { propertyNames } from './source-names.ts';
import { orderTables } from './table-order.ts';

export interface RenderSchemaOptions {
  /** The engine in whose words the catalog's SQL is, for the line at the top. */
  readonly engine: string;
}

/**
 * The text of a `schema.ts` that defines exactly this catalog. A primary key without a name gets the derived one.
 *
 * @example
 * ```ts
 * await writeFile('schema.ts', renderSchema(await session.dialect.inspector.inspect(connection), { engine: 'mysql' }));
 * ```
 */
export function renderSchema(catalog: Catalog, { engine }: RenderSchemaOptions): string {
  const context = sourceContext(catalog);
  const body = [
    ...emptyNamespaces(catalog).map((name) => renderNamespace(name, context)),
    ...catalog.enums.map((type) => renderEnum(type, context)),
    ...catalog.sequences.map(({ name, ...options }) => renderSequence(name, options, context)),
    ...orderTables(catalog.tables).map((table) => renderTable(table, context)),
    ...catalog.views.map((view) => renderView(view, context)),
    ...catalog.raw.map((object) => renderRaw(object, context)),
  ];
  const header = `/** Read from a ${engine} database; SQL in it is in the words of ${engine}. */\n`;
  return [context.imports(), header.trimEnd(), '', body.join('\n')].join('\n');
}

/** Those that nothing but themselves says to exist. */
function emptyNamespaces({ namespaces, tables, views, enums, sequences }: Catalog): readonly string[] {
  const used = new Set([...tables, ...views, ...enums, ...sequences].map(({ namespace }) => namespace));
  return namespaces.filter((name) => !used.has(name));
}

function renderNamespace(name: string, context: SourceContext): string {
  return `export const ${context.names.other(`${name} namespace`)} = ${context.use('namespace')}(${renderText(name)});\n`;
}

function renderEnum({ name, namespace, values, comment }: EnumType, context: SourceContext): string {
  const options = { namespace, comment };
  const tail = Object.values(options).every((value) => value === undefined) ? '' : `, ${renderValue(options)}`;
  const variable = context.names.enum(namespace === undefined ? { name } : { namespace, name });
  return `export const ${variable} = ${context.use('enumType')}(${renderText(name)}, ${renderValue(values)}${tail});\n`;
}

function renderSequence(name: string, options: object, context: SourceContext): string {
  const tail = Object.keys(options).length === 0 ? '' : `, ${renderValue(options)}`;
  return `export const ${context.names.other(name)} = ${context.use('sequence')}(${renderText(name)}${tail});\n`;
}

function renderView(view: View, context: SourceContext): string {
  const { name, namespace, query, materialized, comment, options: engineOptions } = view;
  const properties = propertyNames(view);
  const columns = view.columns.map((column) => {
    const property = properties.get(column.name) ?? column.name;
    const named = snakeCase(property) === column.name ? '' : `.named(${renderText(column.name)})`;
    return `  ${renderKey(property)}: ${renderType(column.type, context)}${named}${column.nullable ? '.null()' : ''},\n`;
  });
  const options = { namespace, materialized: materialized ? true : undefined, comment, options: engineOptions };
  const tail = Object.values(options).every((value) => value === undefined) ? '' : `, ${renderValue(options)}`;
  const variable = context.names.other(name);
  return `export const ${variable} = ${context.use('view')}(${renderText(name)}, {\n${columns.join('')}}, ${renderExpression(query, context)}${tail});\n`;
}

function renderRaw(object: Catalog['raw'][number], context: SourceContext): string {
  const { stage, ...said } = object;
  const value = renderValue(stage === 'after-tables' ? said : { ...said, stage });
  return `export const ${context.names.other(`${object.name} ${object.type}`)} = ${context.use('rawObject')}(${value});\n`;
}
