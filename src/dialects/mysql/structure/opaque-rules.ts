import { refused } from '../../../dialect/structure/compare.ts';
import type { Fact } from '../../../dialect/structure/fact.ts';
import type { KindRules } from '../../../dialect/structure/rules.ts';
import { textOf } from './text-of.ts';

/** Objects of which only the whole text is known: they may be there and stay, and nothing else. */
export const opaqueRules: KindRules = {
  create: refuse,
  drop: refuse,
  alter: (_, { attributes }) => ({ how: 'refuse', reason: textOf({ attributes }, 'reason') }),
};

function refuse({ id, attributes }: Fact): never {
  throw refused(id, textOf({ attributes }, 'reason'));
}
