import { sameJson } from '../../../catalog/snapshot/same-json.ts';
import type { Fact, Structure } from '../../../dialect/structure/fact.ts';
import { factText } from './fact-text.ts';

/**
 * Puts what the body of a new routine calls before it. The catalog does not know it where the body is text, and yet a
 * default, a computed column or a check that uses the routine runs it while the plan does. A call that leads back to
 * the routine has no order.
 */
export function followCalls(from: Structure, to: Structure): Structure {
  const routines = [...to.facts.values()].filter(isRoutine);
  const changed = routines.filter((routine) => routine.attributes['isText'] === true && isChanged(routine, from));
  if (changed.length === 0) return to;
  const byName = Map.groupBy(routines, nameOf);
  const parts = Map.groupBy(to.facts.values(), ({ parent }) => parent);
  const facts = new Map(to.facts);
  for (const { id } of changed) {
    for (const called of new Set(namesIn(facts.get(id)).flatMap((name) => byName.get(name) ?? []))) {
      const routine = facts.get(id);
      if (routine === undefined || leadsTo(called.id, id, facts, parts)) continue;
      facts.set(id, { ...routine, follows: [...(routine.follows ?? []), called.id] });
    }
  }
  return { ...to, facts };
}

function isRoutine({ kind }: Fact): boolean {
  return kind === 'function' || kind === 'procedure';
}

function isChanged({ id, attributes }: Fact, { facts }: Structure): boolean {
  const before = facts.get(id);
  return before === undefined || !sameJson(before.attributes, attributes);
}

/** Without its schema and its quotes: a body may leave the schema out. */
function nameOf({ notes }: Fact): string {
  return /([^."]+)"?\(/.exec(factText(notes?.['name']))?.[1] ?? '';
}

function namesIn(routine: Fact | undefined): readonly string[] {
  const body = factText(routine?.attributes['definition']);
  return [...body.matchAll(/([\w$]+)"?\s*\(/g)].flatMap(([, name]) =>
    name === undefined ? [] : [name.toLowerCase(), name],
  );
}

/** True: making the first needs the second, directly or through others; a table is made with its parts. */
function leadsTo(
  first: string,
  second: string,
  facts: ReadonlyMap<string, Fact>,
  parts: ReadonlyMap<string | undefined, readonly Fact[]>,
): boolean {
  const seen = new Set<string>();
  const reaches = (id: string): boolean => {
    if (id === second) return true;
    const fact = facts.get(id);
    if (fact === undefined || seen.has(id)) return false;
    seen.add(id);
    const made = fact.kind === 'table' || fact.kind === 'column' ? (parts.get(id) ?? []) : [];
    const needed = [...(fact.parent === undefined ? [] : [fact.parent]), ...fact.requires, ...(fact.follows ?? [])];
    return needed.some(reaches) || made.some((part) => reaches(part.id));
  };
  return reaches(first);
}
