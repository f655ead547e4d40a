import type { Catalog } from '../../../catalog/model/catalog.ts';
import { displayName } from '../../../catalog/model/object-name.ts';
import type { Skipped } from '../copy-report.ts';

/** What of the source is no table: it holds no rows of its own and is written in the source's words. */
export function leftBehind({ sequences, views, raw }: Catalog, sameEngine: boolean): readonly Skipped[] {
  return [
    ...(sameEngine ? [] : sequences).map((sequence) => ({
      name: displayName(sequence),
      reason: 'a sequence is not copied; numbering goes with the columns',
    })),
    ...views.map((view) => ({ name: displayName(view), reason: 'a view is not copied' })),
    ...raw
      .filter(({ stage }) => !(sameEngine && stage === 'before-tables'))
      .map((object) => ({ name: displayName(object), reason: `a ${object.type} is not copied` })),
  ];
}
