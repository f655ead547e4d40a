import type { Dialect } from '../../dialect/dialect.ts';
import type { Structure } from '../../dialect/structure/fact.ts';
import { structuresOf } from './read-structure.ts';

/** A structure in the words of another one wherever the engine does the same with both: only what is another thing differs. */
export async function inWordsOf(
  { dialect }: { readonly dialect: Dialect },
  structure: Structure,
  other: Structure,
): Promise<Structure> {
  const planner = await structuresOf(dialect);
  return planner.restate?.(structure, other) ?? structure;
}
