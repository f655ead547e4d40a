import type { DefinitionStatement } from '../../../dialect/definition.ts';
import type { Fact } from '../../../dialect/structure/fact.ts';
import type { KindRules } from '../../../dialect/structure/rules.ts';
import { making, removing } from '../definition/context.ts';
import { mysqlText } from '../text.ts';
import { textOf } from './text-of.ts';

/** How sequences are made, changed and removed. What has been given out stays given out. */
export const sequenceRules: KindRules = {
  create: (fact) => [making(`create sequence ${quoted(fact)} ${definition(fact)}${engine(fact)}`, reference(fact))],
  drop: (fact) => [removing(`drop sequence ${quoted(fact)}`, reference(fact))],
  alter: (before, after) =>
    engine(before) === engine(after)
      ? { how: 'in-place', steps: [alterSequence(after)] }
      : { how: 'refuse', reason: 'its engine cannot be changed without losing its place' },
  occupies: ({ id }) => `relation ${id.slice('sequence '.length)}`,
  rank: 5,
};

function alterSequence(fact: Fact): DefinitionStatement {
  return { sql: `alter sequence ${quoted(fact)} ${definition(fact)}`, transactional: false, repeatable: true };
}

function reference(fact: Fact): { readonly kind: 'sequence'; readonly name: string } {
  return { kind: 'sequence', name: textOf(fact, 'name') };
}

function quoted({ attributes }: Fact): string {
  return mysqlText.name(textOf({ attributes }, 'name'));
}

function definition({ attributes }: Fact): string {
  return textOf({ attributes }, 'definition');
}

function engine({ attributes }: Fact): string {
  return textOf({ attributes }, 'engine');
}
