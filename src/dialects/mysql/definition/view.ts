import type { View } from '../../../catalog/model/view.ts';
import type { DefinitionStatement } from '../../../dialect/definition.ts';
import { refuse, refuseName } from '../refuse.ts';
import { mysqlText } from '../text.ts';
import { nameList } from './constraint.ts';
import { expressionText, making, type DefinitionContext } from './context.ts';

/** The statement that makes a view. Its columns are named, so that it means the same when a table gets more. */
export function createView(view: View, context: DefinitionContext): DefinitionStatement {
  return making(`create ${viewText(view, context)}`, { kind: 'view', name: view.name });
}

/** The statement that gives a view another query: nobody finds it missing meanwhile. */
export function replaceView(view: View, context: DefinitionContext): string {
  return `create or replace ${viewText(view, context)}`;
}

function viewText(view: View, context: DefinitionContext): string {
  refuseName(view);
  if (view.materialized)
    throw refuse(view, undefined, 'there are no materialized views', 'use a view, or a table that a job fills');
  if (view.comment !== undefined) throw refuse(view, undefined, 'a view has no comment', 'leave the comment out');
  const columns = view.columns.length === 0 ? '' : ` (${nameList(view.columns.map(({ name }) => name))})`;
  return `view ${mysqlText.name(view.name)}${columns} as ${expressionText(view.query, context)}`;
}
