import type { Catalog } from '../../../catalog/model/catalog.ts';
import { sameName, type ObjectName } from '../../../catalog/model/object-name.ts';
import type { View } from '../../../catalog/model/view.ts';
import { mentions } from '../online/rename-in-text.ts';
import { expressionText } from './expression.ts';
import { createView, dropView } from './view.ts';

/**
 * The views that may read something, and the views that read those: found in the text of their queries, so one too many
 * may be among them, which costs making it again. `column`: only those that may read this one. In an order in which they can be made.
 */
export function viewReaders(before: Catalog, read: ObjectName, column?: string): readonly View[] {
  const readers: View[] = [];
  for (const view of before.views) {
    const text = expressionText(view.query);
    if (sameName(view, read)) continue;
    const readsColumn = column === undefined || mentions(text, column) || text.includes('*');
    const readsIt = mentions(text, read.name) && readsColumn;
    if (readsIt || readers.some(({ name }) => mentions(text, name))) readers.push(view);
  }
  return readers;
}

/** The statements that take views out of the way of a change, and that put them back. */
export function aside(
  views: readonly View[],
  before: Catalog,
): { before: readonly string[]; after: readonly string[] } {
  return {
    before: views.toReversed().map((view) => dropView(view, before)),
    after: views.flatMap((view) => createView(view)),
  };
}
