import type { DefinitionStatement } from '../../../dialect/definition.ts';
import type { Alteration, KindRules, RuleTable } from '../../../dialect/structure/rules.ts';
import type { Kind } from './kind.ts';
import { steadyArrays } from './steady-arrays.ts';

/** The rules of all kinds. What the server printed is spelled so that it comes out as it was. */
export function rulesOfKinds(kinds: readonly Kind[]): RuleTable {
  return Object.fromEntries(kinds.map(({ kind, rules }) => [kind, steady(rules)]));
}

function steady(rules: KindRules): KindRules {
  return {
    ...rules,
    create: (fact, context) => rules.create(fact, context).map(spelled),
    drop: (fact, context) => rules.drop(fact, context).map(spelled),
    alter: (from, to, context) => spelledIn(rules.alter(from, to, context)),
  };
}

function spelledIn(alteration: Alteration): Alteration {
  if (alteration.how !== 'in-place') return alteration;
  const { steps, prepare, ...others } = alteration;
  return {
    ...others,
    steps: steps.map(spelled),
    ...(prepare === undefined ? {} : { prepare: prepare.map(spelled) }),
  };
}

function spelled(statement: DefinitionStatement): DefinitionStatement {
  return { ...statement, sql: steadyArrays(statement.sql) };
}
