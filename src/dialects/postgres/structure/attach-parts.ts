import type { ReadFact } from './kind.ts';

/**
 * Gives what can be part of a fact of any kind (comments, grants, triggers) its parent, found by address, and an id made
 * of the parent's. A part of something that is no fact is left out.
 */
export function attachParts(
  facts: readonly ReadFact[],
  at: (address: string) => ReadFact | undefined,
): readonly ReadFact[] {
  const attach = ({ of, ...fact }: ReadFact): ReadFact | undefined => {
    if (of === undefined) return fact;
    const whole = at(of);
    const parent = whole === undefined ? undefined : attach(whole)?.id;
    if (parent === undefined) return undefined;
    return { ...fact, parent, id: [fact.kind, parent, fact.id].filter((part) => part !== '').join(' ') };
  };
  return facts.flatMap((fact) => attach(fact) ?? []);
}
