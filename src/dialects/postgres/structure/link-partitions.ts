import type { Fact, Structure } from '../../../dialect/structure/fact.ts';
import { factText } from './fact-text.ts';
import { following } from './following.ts';
import type { ReadFact } from './kind.ts';
import { isForeignKey, isLink } from './relation.ts';

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
  for (const link of facts.filter(isLink)) {
    const shapes = [link.parent, factText(link.notes?.['source'])].flatMap((table) => parts.get(table) ?? []);
    follow(
      link.id,
      shapes.filter((part) => isShape(part, link)).map(({ id }) => id),
    );
  }
  for (const { parent, notes } of attached) {
    if (parent !== undefined) follow(factText(notes?.['source']), [parent]);
  }
  for (const key of facts.filter(isForeignKey)) {
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
function isShape(part: ReadFact, link: ReadFact): boolean {
  const { kind, attributes, parent, notes } = part;
  if (isForeignKey(part)) return false;
  if (link.kind === 'partition') return kind === 'column' || kind === 'constraint' || kind === 'index';
  const isOwn = parent === link.parent;
  return (kind === 'column' || attributes['type'] === 'c') && (!isOwn || notes?.['local'] === true);
}

/**
 * A table is attached only once the table above has lost the columns that are not wanted any more, and once it has itself
 * lost the triggers, foreign keys and numbering in whose place come those of the table above.
 */
export function attachedAfterLosses(from: Structure, to: Structure): Structure {
  const lost = [...from.facts.values()].filter(
    (fact) => (fact.kind === 'column' || isOfEither(fact)) && !to.facts.has(fact.id),
  );
  return following(to, (fact) => {
    const isNewLink = isLink(fact) && !from.facts.has(fact.id);
    return isNewLink ? lost.filter((loss) => isInTheWay(loss, fact, from)).map(({ id }) => id) : [];
  });
}

/** A foreign key, a trigger or a numbering: a table has its own or those of the table above. */
function isOfEither(fact: Fact): boolean {
  return fact.kind === 'trigger' || fact.kind === 'identity' || isForeignKey(fact);
}

/** The table that a column, a part of one, or another part of a table is in. */
function tableAbove({ kind, parent = '' }: Fact, { facts }: Structure): string | undefined {
  return kind === 'identity' ? facts.get(parent)?.parent : parent;
}

function isInTheWay(fact: Fact, link: Fact, structure: Structure): boolean {
  if (fact.kind === 'column') return fact.parent === link.notes?.['source'];
  return link.kind === 'partition' && tableAbove(fact, structure) === link.parent;
}

/** A partition leaves one that leaves too before that does: the names that it gets there would go to both. */
export function innermostFirst(structure: Structure): Structure {
  const links = new Map(
    [...structure.facts.values()].filter(({ kind }) => kind === 'partition').map((link) => [link.parent, link.id]),
  );
  return following(structure, ({ kind, notes }) => {
    const above = kind === 'partition' ? links.get(factText(notes?.['source'])) : undefined;
    return above === undefined ? [] : [above];
  });
}

/**
 * A table that leaves is given its own once it has left: until then it has those of the table above, and meanwhile the
 * server makes a check of whatever name.
 */
export function ownAfterLeaving(from: Structure, to: Structure): Structure {
  const left = new Map(
    [...from.facts.values()]
      .filter(({ kind, id, parent }) => kind === 'partition' && !to.facts.has(id) && to.facts.has(parent ?? ''))
      .map(({ parent, id }) => [parent, id]),
  );
  return following(to, (fact) => {
    const isOwn = !from.facts.has(fact.id) && (isCheck(fact) || isOfEither(fact));
    const link = isOwn ? left.get(tableAbove(fact, to)) : undefined;
    return link === undefined ? [] : [link];
  });
}

function isCheck({ kind, attributes }: Fact): boolean {
  return kind === 'constraint' && attributes['type'] === 'c';
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
