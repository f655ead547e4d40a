import { sameJson } from '../../../catalog/snapshot/same-json.ts';
import type { Fact, Structure } from '../../../dialect/structure/fact.ts';
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
  const rivals = new Map(
    [...to.facts.values()]
      .filter(({ kind }) => gone.size > 0 && isRoutine(kind))
      .flatMap((routine) =>
        gone.has(nameOf(routine)) ? [[routine.id, gone.get(nameOf(routine)) ?? []] as const] : [],
      ),
  );
  if (rivals.size === 0) return to;
  const facts = [...to.facts].map(([id, fact]) => {
    const others = fact.requires.flatMap((needed) => rivals.get(needed) ?? []).map((routine) => routine.id);
    return [id, others.length > 0 && isMade(fact, from) ? following(fact, others) : fact] as const;
  });
  return { ...to, facts: new Map(facts) };
}

function following(fact: Fact, ids: readonly string[]): Fact {
  return { ...fact, follows: [...(fact.follows ?? []), ...ids] };
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
