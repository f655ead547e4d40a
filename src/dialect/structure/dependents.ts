import type { Fact, Structure } from './fact.ts';

/** Gives, for an id, the facts that need it: its parts, and what requires it. */
export function dependentsOf({ facts }: Structure): (id: string) => readonly Fact[] {
  const found = new Map<string, Fact[]>();
  for (const fact of facts.values()) {
    for (const id of new Set([...(fact.parent === undefined ? [] : [fact.parent]), ...fact.requires])) {
      const list = found.get(id) ?? [];
      if (list.length === 0) found.set(id, list);
      list.push(fact);
    }
  }
  return (id) => found.get(id) ?? [];
}
