import type { ParsedConstraint } from '../inspect/parse-constraint.ts';
import { canonicalConstraint, constraintBody } from './canonical-constraint.ts';

/**
 * The constraints of a table, each in the words of an expected one that says the same. One without a name says the same as
 * one with any name, and a reference without columns is one to the key; `keyOf` knows the key of a table. The row's number is the
 * same on both sides.
 */
export function restateConstraints(
  found: readonly ParsedConstraint[],
  expected: readonly ParsedConstraint[],
  keyOf: (table: string) => readonly string[],
): readonly string[] {
  const free = new Set(expected);
  const body = (constraint: ParsedConstraint): string => constraintBody(inFull(constraint, keyOf));
  // Those with a name first: what they are called is not for another one to take.
  const ordered = found.toSorted((a, b) => Number(a.name === undefined) - Number(b.name === undefined));
  const texts = ordered.map((constraint) => {
    const alike = [...free].filter((other) => body(other) === body(constraint));
    const match =
      alike.find(({ name }) => name === constraint.name) ??
      alike.find(({ name }) => name === undefined || constraint.name === undefined);
    if (match === undefined) return canonicalConstraint(constraint);
    free.delete(match);
    return canonicalConstraint(match);
  });
  return texts.toSorted();
}

/** `desc` on its column says no more than on the table once it is known which column is the row's number. */
function inFull(constraint: ParsedConstraint, keyOf: (table: string) => readonly string[]): ParsedConstraint {
  switch (constraint.kind) {
    case 'primary-key':
      return { ...constraint, inline: false };
    case 'foreign-key':
      return constraint.references.length > 0 ? constraint : { ...constraint, references: keyOf(constraint.table) };
    case 'unique':
    case 'check':
      return constraint;
  }
}
