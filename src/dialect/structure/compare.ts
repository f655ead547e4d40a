import { sameJson } from '../../catalog/snapshot/same-json.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import type { Fact } from './fact.ts';
import { dependentsOf } from './dependents.ts';
import type { Alteration, KindRules, PlanContext, RuleTable } from './rules.ts';

/** What must be done with facts, before anybody asks in which order. */
export interface Comparison {
  readonly dropped: ReadonlyMap<string, Fact>;
  readonly created: ReadonlyMap<string, Fact>;
  readonly altered: ReadonlyMap<string, AlteredFact>;
}

export interface AlteredFact {
  readonly from: Fact;
  readonly to: Fact;
  readonly alteration: Extract<Alteration, { how: 'in-place' }>;
}

/**
 * Compares two structures fact by fact. What cannot be changed in place is dropped and made anew, and so is whatever
 * needs it meanwhile. Throws `PLAN_REFUSED` where that would cost rows.
 */
export function compareFacts(context: PlanContext, rules: RuleTable): Comparison {
  const { from, to } = context;
  const dropped = new Map([...from.facts].filter(([id]) => !to.facts.has(id)));
  const created = new Map([...to.facts].filter(([id]) => !from.facts.has(id)));
  const altered = new Map<string, AlteredFact>();
  const waiting: string[] = [...dropped.keys()];

  const replace = (id: string, because: string): void => {
    const [before, after] = [from.facts.get(id), to.facts.get(id)];
    if (before === undefined || dropped.has(id)) return;
    if (after !== undefined) {
      const reason = rulesOf(rules, before).refuseReplacement?.(before);
      if (reason !== undefined) throw refused(before.id, `${reason}, and ${because}`);
      created.set(id, after);
    }
    altered.delete(id);
    dropped.set(id, before);
    waiting.push(id);
  };

  for (const [id, before] of from.facts) {
    const after = to.facts.get(id);
    if (after === undefined || isSame(before, after) || dropped.has(id)) continue;
    const alteration = rulesOf(rules, after).alter(before, after, context);
    if (alteration.how === 'refuse') throw refused(id, alteration.reason);
    if (alteration.how === 'replace') replace(id, 'it cannot be changed in place');
    else altered.set(id, { from: before, to: after, alteration });
  }
  const dependents = dependentsOf(from);
  for (const [id, { alteration }] of altered) {
    for (const dependent of [id, ...(alteration.touches ?? [])].flatMap(dependents)) {
      if (alteration.rebuild?.(dependent) === true) replace(dependent.id, `${id} changes under it`);
    }
  }
  // What is dropped or replaced takes along whatever still needs it; that grows the list while it is walked.
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    for (const dependent of dependents(id)) {
      const after = to.facts.get(dependent.id);
      const isFree =
        after !== undefined && !dropped.has(dependent.id) && !needs(after, id) && altered.has(dependent.id);
      if (!isFree) replace(dependent.id, `${id} is dropped or made anew`);
    }
  }
  return { dropped, created, altered };
}

function needs(fact: Fact, id: string): boolean {
  return fact.parent === id || fact.requires.includes(id);
}

function isSame(a: Fact, b: Fact): boolean {
  return a.parent === b.parent && sameJson(a.attributes, b.attributes);
}

export function rulesOf(rules: RuleTable, { kind, id }: Fact): KindRules {
  const found = rules[kind];
  if (found === undefined) throw refused(id, `there are no rules for a ${kind}`);
  return found;
}

export function refused(object: string, reason: string): RowhouseError {
  return new RowhouseError('PLAN_REFUSED', `${object}: ${reason}`, {
    details: { object, reason },
    hint: 'make this step by hand in a revision of raw SQL, then compare again',
  });
}
