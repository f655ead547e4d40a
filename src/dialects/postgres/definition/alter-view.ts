import type { Catalog } from '../../../catalog/model/catalog.ts';
import { sameName } from '../../../catalog/model/object-name.ts';
import type { View } from '../../../catalog/model/view.ts';
import type { DefinitionStatement } from '../../../dialect/definition.ts';
import { plainly, together } from '../online/step.ts';
import { qualified } from '../text.ts';
import { printType } from '../type-text.ts';
import { setComment } from './comment.ts';
import { createView, dropView, viewBody, viewKind } from './view.ts';
import { aside, viewReaders } from './view-readers.ts';

/** Gives a view another query: in place where its columns only become more, else with what reads it made again. */
export function alterView(view: View, before: Catalog): readonly DefinitionStatement[] {
  const old = before.views.find((candidate) => sameName(candidate, view));
  if (old !== undefined && onlyGrows(old, view)) {
    return [
      plainly(`create or replace view ${qualified(view)}${viewBody(view)}`),
      ...(old.comment === view.comment
        ? []
        : [plainly(setComment(`${viewKind(view)} ${qualified(view)}`, view.comment))]),
    ];
  }
  const readers = aside(viewReaders(before, view), before);
  return together([...readers.before, dropView(view, before), ...createView(view), ...readers.after], {
    note: 'the view is made anew: what was granted on it has to be granted again',
  });
}

function onlyGrows(old: View, view: View): boolean {
  if (old.materialized || view.materialized || old.columns.length === 0) return false;
  return old.columns.every((column, position) => {
    const next = view.columns[position];
    return next?.name === column.name && printType(next.type) === printType(column.type);
  });
}
