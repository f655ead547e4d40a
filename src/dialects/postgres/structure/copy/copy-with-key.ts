import type { DefinitionStatement } from '../../../../dialect/definition.ts';
import type { Fact, Structure } from '../../../../dialect/structure/fact.ts';
import type { RuleTable } from '../../../../dialect/structure/rules.ts';
import { planWithMoves } from '../plan-with-moves.ts';
import { copyTable } from './copy-steps.ts';
import { canTakeKey, withKey } from './table-key.ts';
import { copyKey, whyNoCopy } from './why-no-copy.ts';

/** A table whose rows nothing tells apart gets a numbered column until its copy has its place. */
export function copyWithKey(
  table: Fact,
  before: Structure,
  after: Structure,
  rules: RuleTable,
): readonly DefinitionStatement[] {
  if (copyKey(table.id, before, after) !== undefined) return copyTable({ table, before, after, rules });
  const keyed = { before: withKey(table, before), after: withKey(table, after) };
  return [
    ...planWithMoves(before, keyed.before, rules, 'online'),
    ...copyTable({ table, ...keyed, rules }),
    ...planWithMoves(keyed.after, after, rules, 'online'),
  ];
}

/** Why a copy cannot take the place of the table, not even with a key for the purpose; undefined when it can. */
export function whyNotCopied(table: Fact, before: Structure, after: Structure): string | undefined {
  const isKeyed = copyKey(table.id, before, after) !== undefined;
  if (isKeyed) return whyNoCopy(table, before, after);
  if (!canTakeKey(table, before)) return 'its rows have no key to be copied by';
  return whyNoCopy(table, withKey(table, before), withKey(table, after));
}
