import type { Catalog } from '../../../catalog/model/catalog.ts';
import { displayName, sameName, type ObjectName } from '../../../catalog/model/object-name.ts';
import type { View } from '../../../catalog/model/view.ts';
import { nameList, newQualified, qualified } from '../text.ts';
import { commentText } from './comment.ts';
import { expressionText } from './expression.ts';
import { materializedViewOptions, namedOptions, viewOptions } from './named-options.ts';

/** A view and its comment. */
export function createView(view: View): readonly string[] {
  const kind = viewKind(view);
  return [
    `create ${kind} ${newQualified(view)}${viewBody(view)}`,
    ...commentText(`${kind} ${qualified(view)}`, view.comment),
  ];
}

/**
 * What stands behind the name of a view. Its columns are named up front: their names stay when a column that it reads
 * gets another one.
 */
export function viewBody(view: View): string {
  const columns = view.columns.length === 0 ? '' : ` (${nameList(view.columns.map(({ name }) => name))})`;
  return `${columns}${viewSettings(view)} as ${expressionText(view.query)}`;
}

/** The options of a view, as they stand behind its name. */
function viewSettings(view: View): string {
  const known = view.materialized ? materializedViewOptions : viewOptions;
  const options = namedOptions(displayName(view), view.options, known);
  return options === '' ? '' : ` with (${options})`;
}

/** The catalog before the change says which kind of view it is. */
export function dropView(name: ObjectName, before: Catalog): string {
  const view = before.views.find((candidate) => sameName(candidate, name));
  return `drop ${view === undefined ? 'view' : viewKind(view)} ${qualified(name)}`;
}

/** The engine's words for it: `view` or `materialized view`. */
export function viewKind(view: View): string {
  return view.materialized ? 'materialized view' : 'view';
}
