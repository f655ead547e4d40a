import type { RuleTable } from '../../../dialect/structure/rules.ts';
import type { Kind } from './kind.ts';

/** The rules of all kinds, by the name of the kind. */
export function rulesOfKinds(kinds: readonly Kind[]): RuleTable {
  return Object.fromEntries(kinds.map(({ kind, rules }) => [kind, rules]));
}
