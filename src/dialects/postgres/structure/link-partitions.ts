import { factText } from './fact-text.ts';
import type { Fact, Structure } from '../../../dialect/structure/fact.ts';
import type { ReadFact } from './kind.ts';

/**
 * Says what comes before what where tables have partitions. A table is attached when it and the table above have
 * everything they get; an index above is valid once those below it are its parts.
 */
export function linkPartitions(facts: readonly ReadFact[]): readonly ReadFact[] {
  const parts = Map.groupBy(facts, ({ parent }) => parent);
  const followed = new Map<string, string[]>();
  const follow = (id: string, ids: readonly string[]): void => {
    followed.set(id, [...(followed.get(id) ?? []), ...ids]);
  };
  const attached = facts.filter(({ kind }) => kind === 'index partition');
  for (const link of facts.filter(({ kind }) => kind === 'partition' || kind === 'inheritance')) {
    const shapes = [link.parent, factText(link.notes?.['source'])].flatMap((table) => parts.get(table) ?? []);
    follow(
      link.id,
      shapes.filter((part) => isShape(part, link)).map(({ id }) => id),
    );
  }
  for (const { parent, notes } of attached) {
    if (parent !== undefined) follow(factText(notes?.['source']), [parent]);
  }
  for (const key of facts.filter(({ attributes }) => attributes['type'] === 'f')) {
    const target = factText(key.notes?.['target']);
    if (target === key.parent) continue;
    const isOfTarget = ({ notes }: ReadFact): boolean =>
      (parts.get(target) ?? []).some(({ id }) => id === notes?.['source']);
    follow(
      key.id,
      attached.filter(isOfTarget).map(({ id }) => id),
    );
  }
  return facts.map((fact) => {
    const more = followed.get(fact.id);
    return more === undefined ? fact : { ...fact, follows: [...(fact.follows ?? []), ...more] };
  });
}

/** A child that inherits is made together with its parent's columns; a partition is attached when it is whole. */
function isShape({ kind, attributes, parent, notes }: ReadFact, link: ReadFact): boolean {
  if (attributes['type'] === 'f') return false;
  if (link.kind === 'partition') return kind === 'column' || kind === 'constraint' || kind === 'index';
  const isOwn = parent === link.parent;
  return (kind === 'column' || attributes['type'] === 'c') && (!isOwn || notes?.['local'] === true);
}

/** A table is attached only once the table above has lost the columns that are not wanted any more. */
export function attachedAfterLosses(from: Structure, to: Structure): Structure {
  const lost = [...from.facts.values()].filter(({ id, kind }) => kind === 'column' && !to.facts.has(id));
  const facts = [...to.facts].map(([id, fact]) => {
    const isNewLink = (fact.kind === 'partition' || fact.kind === 'inheritance') && !from.facts.has(id);
    const ids = isNewLink
      ? lost.filter(({ parent }) => parent === fact.notes?.['source']).map((column) => column.id)
      : [];
    return [id, ids.length === 0 ? fact : { ...fact, follows: [...(fact.follows ?? []), ...ids] }] as const;
  });
  return lost.length === 0 ? to : { ...to, facts: new Map(facts) };
}

/**
 * The order of an index and its parts matters only while both are dropped from tables that stay. In every other case
 * nothing waits: the index goes before its parts with its table, and is made before or after them. Nor does it matter when
 * a table goes that shares columns with the one above.
 */
export function withoutVainOrder(structure: Structure, others?: Structure): Structure {
  const goes = (table: string | undefined): boolean => table !== undefined && others?.facts.has(table) === false;
  const isIndexed = ({ kind, attributes }: Fact): boolean =>
    kind === 'index' || (kind === 'constraint' && attributes['type'] !== 'f');
  const isVain = (fact: Fact): boolean =>
    isIndexed(fact) ? others === undefined || goes(fact.parent) : fact.kind === 'column' && goes(fact.parent);
  const facts = [...structure.facts].map(([id, fact]) => {
    return [id, fact.follows !== undefined && isVain(fact) ? { ...fact, follows: [] } : fact] as const;
  });
  return { ...structure, facts: new Map(facts) };
}
