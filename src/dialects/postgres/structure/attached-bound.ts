import { factText } from './fact-text.ts';
import type { DefinitionStatement } from '../../../dialect/definition.ts';
import type { Fact } from '../../../dialect/structure/fact.ts';
import type { PlanContext } from '../../../dialect/structure/rules.ts';
import { proveBound, type BoundPartition } from '../online/partition.ts';
import { conditionOf, isDefault, siblingsOf, stays } from './partition-homes.ts';
import { isNew, sourceOf, tableIdOf, tableNameOf } from './relation.ts';

/** The partition with its bound, and the default partition that must hold none of its rows. */
export function boundOf(fact: Fact, context: PlanContext): BoundPartition {
  const condition = conditionOf(fact);
  const rest = siblingsOf(fact, context.from).find(
    ({ attributes, parent: id }) => isDefault(attributes) && stays(id, context),
  );
  return {
    parent: sourceOf(fact),
    partition: tableNameOf(fact),
    bound: factText(fact.attributes['bound']),
    isEmpty: isNew(tableIdOf(fact), context),
    ...(condition === undefined ? {} : { condition }),
    ...(rest === undefined ? {} : { defaultPartition: tableNameOf(rest) }),
  };
}

/** True: the partition gets another place, and what is true of its rows there is proved before it leaves its own. */
export function isProvedBefore(fact: Fact, { safe, from }: PlanContext): boolean {
  const before = from.facts.get(fact.id)?.attributes;
  if (safe === 'plain' || before === undefined || conditionOf(fact) === undefined) return false;
  return before['source'] !== fact.attributes['source'] || before['bound'] !== fact.attributes['bound'];
}

/**
 * The proofs of all partitions that get another place, before the first of them leaves its own: while one is out, its
 * rows are out of sight, and nothing long may come.
 */
export function proveOtherPlaces(fact: Fact, context: PlanContext): readonly DefinitionStatement[] {
  const moved = [...context.to.facts.values()]
    .filter((one) => one.kind === 'partition' && isProvedBefore(one, context))
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));
  if (moved[0]?.id !== fact.id) return [];
  return moved.flatMap((one) => proveBound(boundOf(one, context)));
}
