import { applyChange } from '../../catalog/change/apply.ts';
import type { Change } from '../../catalog/change/change.ts';
import type { Catalog } from '../../catalog/model/catalog.ts';
import type { DefinitionStatement } from '../../dialect/definition.ts';
import type { Dialect } from '../../dialect/dialect.ts';
import { planError } from '../plan/revision-plan.ts';
import { safetyOf } from '../plan/safety-of.ts';
import type { LoadedRevision } from '../revision/revision.ts';
import { changePlaces } from './change-places.ts';
import type { Place } from './judge-steps.ts';
import { placeOf } from './place.ts';
import { suppressionsIn } from './suppression.ts';

/** A change of a revision with the statements that it becomes. */
export interface CompiledChange {
  readonly change: Change;
  readonly place: Place;
  /** The codes of rules that may be broken here. */
  readonly allowed: ReadonlySet<string>;
  readonly statements: readonly DefinitionStatement[];
}

/** The changes of a revision as its plan makes them. */
export function compiledChanges(
  revision: LoadedRevision,
  { definition }: Dialect,
  { source, before }: { readonly source: string; readonly before: Catalog },
): readonly CompiledChange[] {
  const places = changePlaces(source, revision.up);
  const allowed = allowedFor(revision, source, places);
  let catalog = before;
  try {
    return revision.up.map((change, at) => {
      const statements = definition.compile(change, catalog, { safe: safetyOf(change, revision.up) });
      catalog = applyChange(change, catalog);
      const place = places[at] ?? { line: 1, column: 1 };
      return { change, place, allowed: allowed[at] ?? new Set(), statements };
    });
  } catch (error) {
    throw planError(error, revision);
  }
}

/** What the revision allows as a whole, and what a comment allows for the change that comes next. */
function allowedFor(
  { allow = [] }: LoadedRevision,
  source: string,
  places: readonly Place[],
): readonly ReadonlySet<string>[] {
  const sets = places.map(() => new Set(allow.map(({ code }) => code)));
  for (const { code, at } of suppressionsIn(source)) {
    const { line } = placeOf(source, at);
    const next = places.findIndex((place) => place.line >= line);
    (sets[next] ?? sets.at(-1))?.add(code);
  }
  return sets;
}
