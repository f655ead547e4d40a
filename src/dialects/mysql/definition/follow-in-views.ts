import { canonicalJson } from '../../../catalog/snapshot/canonical-json.ts';
import type { DefinitionStatement } from '../../../dialect/definition.ts';
import { setting, type AlterationContext } from './context.ts';
import { replaceView } from './view.ts';

/** Views are kept as text here and follow no rename: those whose query says another name now are made again in place. */
export function followInViews({ before, after }: AlterationContext): readonly DefinitionStatement[] {
  const queries = before.catalog.views.map(({ query }) => canonicalJson(query));
  return after.catalog.views
    .filter(({ query }, place) => canonicalJson(query) !== queries[place])
    .map((view) => setting(replaceView(view, after)));
}
