import type { View } from '../../../catalog/model/view.ts';
import { refuse, refuseName } from '../refuse.ts';
import { sqliteText } from '../text.ts';
import { expressionText } from './expression.ts';

/** A view. Its columns are named up front: SQLite makes no promise about the names a query gives to expressions. */
export function createView(view: View): string {
  refuseName(view);
  if (view.materialized) throw refuse(view, undefined, 'sqlite has no materialized views', 'make it an ordinary view');
  const columns = view.columns.map((column) => sqliteText.name(column.name)).join(', ');
  const list = columns === '' ? '' : ` (${columns})`;
  return `create view ${sqliteText.name(view.name)}${list} as ${expressionText(view.query)}`;
}
