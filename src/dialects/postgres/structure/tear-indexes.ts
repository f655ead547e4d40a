import { factText } from './fact-text.ts';
import type { Fact, Structure } from '../../../dialect/structure/fact.ts';

/**
 * Marks, in `from`, the indexes of partitioned tables and of their partitions that cannot stay. An index of a partition
 * cannot leave the index above, so the one above is made anew; and it takes the indexes below along when it is dropped.
 */
export function tearIndexes(from: Structure, to: Structure): Structure {
  const attached = [...from.facts.values()].filter(
    (fact) => fact.kind === 'index partition' && staysLinked(fact, from, to),
  );
  const torn = new Set<string>();
  const tear = (id: string): void => {
    if (torn.has(id)) return;
    torn.add(id);
    for (const { notes, parent } of attached) if (notes?.['source'] === id && parent !== undefined) tear(parent);
  };
  for (const part of attached) if (cannotStay(part, from, to)) tear(factText(part.notes?.['source']));
  if (torn.size === 0) return from;
  const mark = (fact: Fact): Fact => ({ ...fact, attributes: { ...fact.attributes, torn: true } });
  return { ...from, facts: new Map([...from.facts].map(([id, fact]) => [id, torn.has(id) ? mark(fact) : fact])) };
}

/** True: the table stays a partition of the same one. A table that is detached takes its indexes along. */
function staysLinked({ notes }: Fact, from: Structure, to: Structure): boolean {
  const link = factText(notes?.['partition']);
  const [before, after] = [from.facts.get(link), to.facts.get(link)];
  return before !== undefined && before.attributes['source'] === after?.attributes['source'];
}

function cannotStay(part: Fact, from: Structure, to: Structure): boolean {
  const after = to.facts.get(part.id);
  const source = factText(part.notes?.['source']);
  const definition = ({ facts }: Structure): unknown => facts.get(source)?.attributes['definition'];
  const isSame = after?.parent === part.parent && after?.notes?.['source'] === source;
  return !isSame || definition(from) !== definition(to);
}
