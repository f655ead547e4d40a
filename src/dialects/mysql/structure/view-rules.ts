import type { DefinitionStatement } from '../../../dialect/definition.ts';
import type { Fact } from '../../../dialect/structure/fact.ts';
import type { KindRules } from '../../../dialect/structure/rules.ts';
import { making, removing } from '../definition/context.ts';
import { mysqlText } from '../text.ts';
import { textOf } from './text-of.ts';

/** How views are made, changed and removed. */
export const viewRules: KindRules = {
  create: (fact) => [making(printView(fact, 'create'), { kind: 'view', name: nameOf(fact) })],
  drop: (fact) => [removing(`drop view ${mysqlText.name(nameOf(fact))}`, { kind: 'view', name: nameOf(fact) })],
  // Nobody finds it missing meanwhile, and grants on it stay.
  alter: (_, after) => ({ how: 'in-place', steps: [replaceView(after)] }),
  occupies: (fact) => `relation ${fact.id.slice('view '.length)}`,
  rank: 30,
};

function replaceView(fact: Fact): DefinitionStatement {
  return { sql: printView(fact, 'create or replace'), transactional: false, repeatable: true };
}

function printView(fact: Fact, verb: string): string {
  const { algorithm, definer, security, body } = fact.attributes as unknown as ViewAttributes;
  const owner = definer === '' ? '' : `DEFINER=${definer} `;
  return `${verb} ALGORITHM=${algorithm} ${owner}SQL SECURITY ${security} VIEW ${mysqlText.name(nameOf(fact))} ${body}`;
}

interface ViewAttributes {
  readonly algorithm: string;
  readonly definer: string;
  readonly security: string;
  readonly body: string;
}

function nameOf({ attributes }: Fact): string {
  return textOf({ attributes }, 'name');
}
