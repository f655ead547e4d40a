import type { Fact, Structure } from '../../../dialect/structure/fact.ts';
import type { PlanContext } from '../../../dialect/structure/rules.ts';
import { isForeignKey, isPartitioned, sourcesAbove } from './relation.ts';

/** The foreign keys that a partition has from the tables above; of those that are above it in `other` too, none. */
export function foreignKeysAbove(
  table: string,
  structure: Structure,
  context: PlanContext,
  other?: Structure,
): readonly Fact[] {
  const common = new Set(other === undefined ? [] : sourcesAbove(table, other, context));
  return sourcesAbove(table, structure, context)
    .filter((source) => isPartitioned(source, structure) && !common.has(source))
    .flatMap((source) => structure.facts.get(source) ?? [])
    .flatMap((source) => context.partsOf(source, structure))
    .filter(isForeignKey);
}
