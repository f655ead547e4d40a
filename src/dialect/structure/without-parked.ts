import { parkedNamespace, parkedPrefix } from '../../catalog/model/parked.ts';
import type { Fact, Structure } from './fact.ts';

/** The structure without what is parked, and whatever is a part of it or needs it. */
export function withoutParked(structure: Structure): Structure {
  const facts = [...structure.facts.values()];
  const parked = new Set(facts.filter(({ id }) => isParked(id)).map(({ id }) => id));
  for (let before = -1; before < parked.size;) {
    before = parked.size;
    for (const fact of facts) if (hangsOn(fact, parked)) parked.add(fact.id);
  }
  if (parked.size === 0) return structure;
  return {
    ...structure,
    facts: new Map(facts.filter(({ id }) => !parked.has(id)).map((fact) => [fact.id, fact])),
    opaque: structure.opaque.filter(({ id }) => !isParked(id)),
  };
}

function hangsOn({ parent, requires }: Fact, parked: ReadonlySet<string>): boolean {
  return (parent !== undefined && parked.has(parent)) || requires.some((id) => parked.has(id));
}

const namespaceOrInside = new RegExp(`(?:^|[ ."])${parkedNamespace}(?:[".]|$)`);

function isParked(id: string): boolean {
  return id.includes(parkedPrefix) || namespaceOrInside.test(id);
}
