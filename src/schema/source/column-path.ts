import type { ObjectName } from '../../catalog/model/object-name.ts';
import type { SourceContext } from './source-context.ts';

/** A column as a property of `variable`: `t.email`. */
export function columnOf(variable: string, table: ObjectName, column: string, { names }: SourceContext): string {
  return `${variable}.${names.column(table, column)}`;
}

/** Columns of the table that is being defined: `[t.a, t.b]`. */
export function listOf(table: ObjectName, columns: readonly string[], context: SourceContext): string {
  return `[${columns.map((column) => columnOf('t', table, column, context)).join(', ')}]`;
}
