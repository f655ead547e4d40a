import type { Change } from '../../catalog/change/change.ts';
import type { Catalog } from '../../catalog/model/catalog.ts';
import { sameName } from '../../catalog/model/object-name.ts';
import type { Dialect } from '../../dialect/dialect.ts';
import { planChanges, type PlannedChange } from '../plan/revision-plan.ts';
import type { LoadedRevision } from '../revision/revision.ts';
import { changePlaces } from './change-places.ts';
import type { Place } from './judge-steps.ts';
import { placeOf } from './place.ts';
import { suppressionsIn } from './suppression.ts';

/** A change of a revision with the statements that it becomes. */
export interface CompiledChange extends PlannedChange {
  readonly place: Place;
  /** The codes of rules that may be broken here. */
  readonly allowed: ReadonlySet<string>;
}

/** The changes of a revision as its plan makes them. */
export function compiledChanges(
  revision: LoadedRevision,
  dialect: Dialect,
  { source, before }: { readonly source: string; readonly before: Catalog },
): readonly CompiledChange[] {
  const places = changePlaces(source, revision.up);
  const allowed = allowedFor(revision, source, places);
  return planChanges(revision, revision.up, before, dialect).map((planned) => {
    const at = revision.up.findIndex((written) => isMadeOf(planned.change, written));
    const place = places[at] ?? { line: 1, column: 1 };
    return { ...planned, place, allowed: allowed[at] ?? new Set() };
  });
}

/** A table may be made with foreign keys that the file lists after it. */
function isMadeOf(change: Change, written: Change): boolean {
  if (change.kind !== 'create-table' || written.kind !== 'create-table') return change === written;
  return sameName(change.table, written.table);
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
