import { sameJson } from '../../../catalog/snapshot/same-json.ts';
import type { Fact, Structure } from '../../../dialect/structure/fact.ts';
import { following } from './following.ts';
import { noteOf } from './read-fact.ts';

/**
 * While a function that goes is there beside another of its name, a call may be meant for either: what is made with such a
 * call is made after it has gone. What changes in place may itself let it go, and is left alone.
 */
export function afterOverloads(from: Structure, to: Structure): Structure {
  const gone = Map.groupBy(
    [...from.facts.values()].filter(({ id, kind }) => isRoutine(kind) && !to.facts.has(id)),
    nameOf,
  );
  if (gone.size === 0) return to;
  const routines = [...to.facts.values()].filter(({ kind }) => isRoutine(kind));
  const rivals = new Map(routines.map((routine) => [routine.id, gone.get(nameOf(routine)) ?? []]));
  return following(to, (fact) => {
    const others = fact.requires.flatMap((needed) => rivals.get(needed) ?? []);
    return others.length > 0 && isMade(fact, from) ? others.map(({ id }) => id) : [];
  });
}

/** True: it is new, or the same and made anew because another function is meant. */
function isMade({ id, attributes }: Fact, from: Structure): boolean {
  const before = from.facts.get(id);
  return before === undefined || sameJson(before.attributes, attributes);
}

function isRoutine(kind: string): boolean {
  return kind === 'function' || kind === 'procedure' || kind === 'aggregate';
}

function nameOf(routine: Fact): string {
  return noteOf(routine, 'name').replace(/\([^"]*\)$/, '');
}
