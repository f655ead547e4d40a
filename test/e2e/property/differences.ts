import type { Structure } from '../../../src/dialect/structure/fact.ts';
import { structureDifferences, type Difference } from '../../../src/ops/compare/structure-differences.ts';

/** What differs, a line each; not how the sequence of an identity column is called, which keeps its first name. */
export function differences(expected: Structure, found: Structure): readonly string[] {
  return structureDifferences(expected, found)
    .filter((difference) => !isNameOfSequence(difference))
    .map((difference) => JSON.stringify(difference));
}

function isNameOfSequence({ kind, attributes = [] }: Difference): boolean {
  return kind === 'identity' && attributes.length > 0 && attributes.every(({ name }) => name === 'sequence');
}
