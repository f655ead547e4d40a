import type { Fact } from '../../../dialect/structure/fact.ts';

/** True: the type under a domain changes, so the domain is made anew and its columns follow. */
export function isSwapped(from: Fact, to: Fact): boolean {
  return ['base', 'collation'].some((key) => from.attributes[key] !== to.attributes[key]);
}

/** True: columns hold lists of the domain. */
export function isInLists({ notes }: Fact): boolean {
  return JSON.stringify(notes?.['users'] ?? []).includes('[]"');
}
