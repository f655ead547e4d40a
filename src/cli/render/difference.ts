import type { Difference } from '../../ops/compare/structure-differences.ts';

const verbs = { added: 'has', missing: 'lacks', changed: 'differs in' } as const;

/** A difference as lines for a person: the object, then each attribute that is another. */
export function renderDifference({ change, object, attributes = [] }: Difference): readonly string[] {
  return [
    `${verbs[change]} ${object}`,
    ...attributes.flatMap(({ name, expected, found }) => [
      ...(change === 'added' ? [] : [`  ${name}, expected: ${JSON.stringify(expected)}`]),
      `  ${name}, found:    ${JSON.stringify(found)}`,
    ]),
  ];
}
