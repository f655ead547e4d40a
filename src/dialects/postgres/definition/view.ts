import type { Catalog } from '../../../catalog/model/catalog.ts';
import { sameName, type ObjectName } from '../../../catalog/model/object-name.ts';
import type { View } from '../../../catalog/model/view.ts';
import { newQualified, qualified } from '../text.ts';
import { commentText } from './comment.ts';
import { expressionText } from './expression.ts';

/** A view and its comment. */
export function createView(view: View): readonly string[] {
  const kind = viewKind(view);
  return [
    `create ${kind} ${newQualified(view)} as ${expressionText(view.query)}`,
    ...commentText(`${kind} ${qualified(view)}`, view.comment),
  ];
}

/** The catalog before the change says which kind of view it is. */
export function dropView(name: ObjectName, before: Catalog): string {
  const view = before.views.find((candidate) => sameName(candidate, name));
  return `drop ${view === undefined ? 'view' : viewKind(view)} ${qualified(name)}`;
}

function viewKind(view: View): string {
  return view.materialized ? 'materialized view' : 'view';
}
