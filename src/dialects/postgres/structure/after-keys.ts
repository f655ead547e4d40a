import { sameJson } from '../../../catalog/snapshot/same-json.ts';
import type { Fact, Structure } from '../../../dialect/structure/fact.ts';
import { factText } from './fact-text.ts';
import { following } from './following.ts';
import { isForeignKey } from './relation.ts';

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
  return following(to, (fact) =>
    (leaving.get(targetOf(fact)) ?? []).filter((key) => couldCarry(key, fact)).map(({ id }) => id),
  );
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
function targetOf(fact: Fact): string | undefined {
  const target = fact.notes?.['target'];
  return isForeignKey(fact) && typeof target === 'string' ? target : undefined;
}

/** True: all columns of the key are among those that the foreign key names. */
function couldCarry(key: Fact, { requires }: Fact): boolean {
  return key.requires.filter((id) => id.startsWith('column ')).every((id) => requires.includes(id));
}
