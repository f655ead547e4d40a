import { applyChanges } from '../../../src/catalog/change/apply.ts';
import type { Change } from '../../../src/catalog/change/change.ts';
import { diffCatalogs, unclearRenames } from '../../../src/catalog/diff/diff-catalogs.ts';
import type { RenameDecisions } from '../../../src/catalog/diff/rename.ts';
import type { Catalog } from '../../../src/catalog/model/catalog.ts';
import { isFilledIn } from '../../../src/catalog/model/column.ts';
import type { Dialect } from '../../../src/dialect/dialect.ts';
import { parkDrops } from '../../../src/migration/parking/park-drops.ts';
import { splitPhases } from '../../../src/migration/phase/split-phases.ts';
import { declaredRenames } from './declared-renames.ts';
import { fits, isRefusal } from './is-possible.ts';

/**
 * How changes become revisions: as they are; by comparing where they begin with where they lead, with the renames said
 * as a schema says them; or that, divided in what is made before new code runs and after old code has ended.
 */
export type Route = 'as they are' | 'compared' | 'in two phases';

/** The changes of each revision. None where the engine, or the division, says that it cannot be done this way. */
export function revisionsOf(
  changes: readonly Change[],
  start: Catalog,
  route: Route,
  dialect: Dialect,
): readonly (readonly Change[])[] {
  if (route === 'as they are') return [changes];
  const found = parkDrops(compared(changes, start), start);
  // a column that must have a value comes to rows that have none
  if (found.some((change) => change.kind === 'add-column' && !isFilledIn(change.column))) return [];
  const parts = route === 'compared' ? [found] : inPhases(found, start);
  return parts.every((part, position) => fits(part, applyChanges(parts.slice(0, position).flat(), start), dialect))
    ? parts
    : [];
}

function inPhases(changes: readonly Change[], start: Catalog): readonly (readonly Change[])[] {
  try {
    const { expand, contract } = splitPhases(changes, start);
    return [expand, contract];
  } catch (error) {
    if (isRefusal(error)) return [];
    throw error;
  }
}

/** What comparing gives, where everything that is gone and was not renamed is meant to go. */
function compared(changes: readonly Change[], from: Catalog): readonly Change[] {
  const to = applyChanges(changes, from);
  let decisions: RenameDecisions = { renames: declaredRenames(changes, from, to), drops: [] };
  for (let [question] = unclearRenames(from, to, decisions); question !== undefined;) {
    decisions = { ...decisions, drops: [...decisions.drops, question.gone] };
    [question] = unclearRenames(from, to, decisions);
  }
  return diffCatalogs(from, to, decisions);
}
