import type { Catalog } from '../../../catalog/model/catalog.ts';
import type { Expression } from '../../../catalog/model/expression.ts';
import type { ObjectName } from '../../../catalog/model/object-name.ts';
import type { DefinitionStatement, ObjectReference } from '../../../dialect/definition.ts';
import { printExpression } from '../../../dialect/print-expression.ts';
import type { Flavor } from '../flavor.ts';
import { mysqlText } from '../text.ts';

/** What printing a definition needs to know: the server's kind and the catalog around the change. */
export interface DefinitionContext {
  readonly flavor: Flavor;
  readonly catalog: Catalog;
}

/** The catalogs around a change, with what printing needs. */
export interface AlterationContext {
  readonly before: DefinitionContext;
  readonly after: DefinitionContext;
}

/** The expression as text for this server. */
export function expressionText(expression: Expression, { flavor }: DefinitionContext): string {
  return printExpression(expression, mysqlText, flavor.variants);
}

/** One statement that makes `object`. Every definition commits by itself here. */
export function making(sql: string, object: ObjectReference): DefinitionStatement {
  return { sql, transactional: false, done: { question: 'exists', object } };
}

/** One statement that removes `object`. */
export function removing(sql: string, object: ObjectReference): DefinitionStatement {
  return { sql, transactional: false, done: { question: 'missing', object } };
}

/** One statement that puts something into a state: run again, it finds the state and keeps it. */
export function setting(sql: string): DefinitionStatement {
  return { sql, transactional: false, repeatable: true };
}

/** One `alter table`, which happens in full or not at all. */
export function alterTable(table: ObjectName, parts: readonly string[]): string {
  return `alter table ${mysqlText.name(table.name)} ${parts.join(', ')}`;
}

/** A reference to a column, index or constraint of a table. */
export function memberOf(table: ObjectName, kind: 'column' | 'index' | 'constraint', name: string): ObjectReference {
  return { kind, name, table: table.name };
}
