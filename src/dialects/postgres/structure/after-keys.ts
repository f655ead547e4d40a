import { sameJson } from '../../../catalog/snapshot/same-json.ts';
import type { Fact, Structure } from '../../../dialect/structure/fact.ts';
import { factText } from './fact-text.ts';

/**
 * A foreign key stands on whichever unique index over its columns the server finds first, also on one that the plan is about
 * to drop: it is made once those have gone.
 */
export function afterKeys(from: Structure, to: Structure): Structure {
  const leaving = Map.groupBy(
    [...from.facts.values()].filter((fact) => isKey(fact) && !isKept(fact, to)),
    ({ parent }) => parent,
  );
  if (leaving.size === 0) return to;
  const facts = [...to.facts].map(([id, fact]) => {
    const keys = (leaving.get(targetOf(fact)) ?? []).filter((key) => couldCarry(key, fact));
    return [
      id,
      keys.length === 0 ? fact : { ...fact, follows: [...(fact.follows ?? []), ...keys.map(idOfFact)] },
    ] as const;
  });
  return { ...to, facts: new Map(facts) };
}

function isKey({ kind, attributes }: Fact): boolean {
  if (kind === 'constraint') return attributes['type'] === 'p' || attributes['type'] === 'u';
  return kind === 'index' && factText(attributes['definition']).startsWith('CREATE UNIQUE ');
}

function isKept({ id, attributes }: Fact, { facts }: Structure): boolean {
  const after = facts.get(id);
  return after !== undefined && sameJson(attributes, after.attributes);
}

/** The table that a foreign key leads to. */
function targetOf({ kind, attributes, notes }: Fact): string | undefined {
  const target = notes?.['target'];
  return kind === 'constraint' && attributes['type'] === 'f' && typeof target === 'string' ? target : undefined;
}

/** True: all columns of the key are among those that the foreign key names. */
function couldCarry(key: Fact, { requires }: Fact): boolean {
  return key.requires.filter((id) => id.startsWith('column ')).every((id) => requires.includes(id));
}

function idOfFact({ id }: Fact): string {
  return id;
}
