import type { DefinitionStatement } from '../../../../dialect/definition.ts';
import { dependentsOf } from '../../../../dialect/structure/dependents.ts';
import type { Fact, Structure } from '../../../../dialect/structure/fact.ts';
import type { RuleTable, Safety } from '../../../../dialect/structure/rules.ts';
import { planWithMoves } from '../plan-with-moves.ts';
import { withFacts } from '../with-facts.ts';
import { copiedChanges, guardedDomains } from './copied-changes.ts';
import { copyWithKey, whyNotCopied } from './copy-with-key.ts';
import { guardDomain, whyNotGuarded } from './guard-domain.ts';

/** Facts of a table or a domain that need copies, and the table or the domain. */
interface Change {
  readonly of: string;
  readonly facts: readonly Fact[];
}

/**
 * Plans as `planWithMoves` does, and makes what the server could only do while writers wait by copies of the tables: all
 * else comes first, then one table after the other, then what stands on what they have got. Where no copy will do, the
 * note of the statement says why.
 */
export function planWithCopies(
  from: Structure,
  to: Structure,
  rules: RuleTable,
  safe: Safety,
): readonly DefinitionStatement[] {
  const changes = safe === 'plain' ? [] : changesOf(from, to);
  if (changes.length === 0) return planWithMoves(from, to, rules, safe);
  const possible: Change[] = [];
  const others: Fact[] = [];
  for (const change of changes) {
    const noCopy = whyNot(change, from, to);
    if (noCopy === undefined) possible.push(change);
    else others.push(...change.facts.map((fact) => ({ ...fact, notes: { ...fact.notes, noCopy } })));
  }
  const wanted = withFacts(to, others);
  if (possible.length === 0) return planWithMoves(from, wanted, rules, safe);
  return planInStages(possible, from, wanted, rules);
}

function changesOf(from: Structure, to: Structure): readonly Change[] {
  return [...copiedChanges(from, to), ...guardedDomains(from, to)].map(([of, facts]) => ({ of, facts }));
}

function whyNot(change: Change, from: Structure, to: Structure): string | undefined {
  const before = beforeAll([change], from, to);
  if (before === undefined) return 'what stands on it changes at the same time';
  const after = withFacts(before, change.facts);
  const of = before.facts.get(change.of);
  if (of === undefined) return 'it is made anew';
  return of.kind === 'domain' ? whyNotGuarded(of, before, after) : whyNotCopied(of, before, after);
}

function planInStages(
  changes: readonly Change[],
  from: Structure,
  to: Structure,
  rules: RuleTable,
): readonly DefinitionStatement[] {
  const start = beforeAll(changes, from, to);
  if (start === undefined) return planWithMoves(from, to, rules, 'online');
  const statements = [...planWithMoves(from, start, rules, 'online')];
  let before = start;
  for (const { of, facts } of changes) {
    const after = withFacts(before, facts);
    const fact = before.facts.get(of);
    if (fact !== undefined)
      statements.push(
        ...(fact.kind === 'domain' ? guardDomain(fact, before, after, rules) : copyWithKey(fact, before, after, rules)),
      );
    before = after;
  }
  return [...statements, ...planWithMoves(before, to, rules, 'online')];
}

/**
 * `to` without these changes: what they are of is as in `from`, and so is what stands on it. Undefined where that cannot
 * be, since it needs what `to` has not.
 */
function beforeAll(changes: readonly Change[], from: Structure, to: Structure): Structure | undefined {
  const dependents = dependentsOf(to);
  const late = new Set<string>();
  const wait = (id: string): void => {
    if (late.has(id)) return;
    late.add(id);
    for (const dependent of dependents(id)) wait(dependent.id);
  };
  for (const { facts } of changes) for (const { id } of facts) wait(id);
  const facts = new Map([...to.facts].filter(([id]) => !late.has(id)));
  for (const id of late) {
    const before = from.facts.get(id);
    if (before !== undefined) facts.set(id, before);
  }
  const isWhole = [...late].every((id) => {
    const fact = facts.get(id);
    return fact === undefined || [fact.parent, ...fact.requires].every((need) => need === undefined || facts.has(need));
  });
  const isHeld = [...late].some((id) => to.facts.get(id)?.kind === 'table' || isValueColumn(id, from));
  return isWhole && !isHeld ? { ...to, facts } : undefined;
}

/** True: rows would have to be moved for it in another way. */
function isValueColumn(id: string, from: Structure): boolean {
  const before = from.facts.get(id);
  return before?.kind === 'column' && before.attributes['generated'] === null && before.attributes['virtual'] !== true;
}
