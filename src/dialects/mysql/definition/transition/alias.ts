import type { Transition } from '../../../../catalog/change/transition.ts';
import type { DefinitionStatement } from '../../../../dialect/definition.ts';
import { mysqlText } from '../../text.ts';
import { nameList } from '../constraint.ts';
import { making, removing, type DefinitionContext } from '../context.ts';
import { tableOf } from '../table-of.ts';

/**
 * A view under the table's old name. It acts with the rights of whoever makes it: an account that may use the old name
 * goes on, although it was granted nothing on the new one.
 */
export function compileAlias(
  change: Extract<Transition, { kind: 'alias-table' | 'drop-alias' }>,
  context: DefinitionContext,
): readonly DefinitionStatement[] {
  const { alias } = change;
  if (change.kind === 'drop-alias')
    return [removing(`drop view ${mysqlText.name(alias)}`, { kind: 'view', name: alias })];
  const columns = change.columns ?? tableOf(change.table, context).columns.map(({ name }) => name);
  return [making(createAlias(alias, change.table.name, columns), { kind: 'view', name: alias })];
}

/** The view as SQL: with its columns named, so that it stays as the code that uses it knows it. */
export function createAlias(alias: string, table: string, columns: readonly string[]): string {
  return `create view ${mysqlText.name(alias)} as select ${nameList(columns)} from ${mysqlText.name(table)}`;
}
