import type { Fact, Structure } from '../../../dialect/structure/fact.ts';

/** The structure with these facts, in the place of those of the same ids. */
export function withFacts(structure: Structure, facts: readonly Fact[]): Structure {
  return { ...structure, facts: new Map([...structure.facts, ...facts.map((fact) => [fact.id, fact] as const)]) };
}

/** The structure without the facts of which this is true. */
export function withoutFacts(structure: Structure, isLeftOut: (fact: Fact) => boolean): Structure {
  return { ...structure, facts: new Map([...structure.facts].filter(([, fact]) => !isLeftOut(fact))) };
}
