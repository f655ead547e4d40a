import type { Fact, Structure } from '../../../dialect/structure/fact.ts';

/**
 * Tells of an index whether it would be linked to that of the table above in the place of another. A table that becomes a partition
 * gives the oldest index that is alike, so where a new one of the same kind shall be that, the old one has to be the new one.
 */
export function steppingBack(
  from: Structure,
  to: Structure,
  likeness: (index: Fact) => string,
): (index: Fact) => boolean {
  const links = [...to.facts.values()].filter(({ kind }) => kind === 'index partition');
  const linked = new Set(links.map(({ parent }) => parent));
  const wanted = new Set(
    [...to.facts.values()]
      .filter((index) => index.kind === 'index' && linked.has(index.id) && !from.facts.has(index.id))
      .filter(({ parent = '' }) => from.facts.has(parent) && becomesPartition(parent, from, to))
      .map(likeness),
  );
  return (index) => wanted.size > 0 && index.kind === 'index' && !linked.has(index.id) && wanted.has(likeness(index));
}

function becomesPartition(table: string, from: Structure, to: Structure): boolean {
  const isPartition = ({ facts }: Structure): boolean =>
    [...facts.values()].some(({ kind, parent }) => kind === 'partition' && parent === table);
  return isPartition(to) && !isPartition(from);
}
