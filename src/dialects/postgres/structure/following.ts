import type { Fact, Structure } from '../../../dialect/structure/fact.ts';

/** The structure in which each fact also comes after those that `ids` names for it. */
export function following(structure: Structure, ids: (fact: Fact) => readonly string[]): Structure {
  const facts = [...structure.facts].map(([id, fact]) => {
    const more = ids(fact);
    return [id, more.length === 0 ? fact : { ...fact, follows: [...(fact.follows ?? []), ...more] }] as const;
  });
  return { ...structure, facts: new Map(facts) };
}
