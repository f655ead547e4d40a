import type { Fact, Structure } from '../../../../dialect/structure/fact.ts';
import { isSwapped } from '../domain-swap.ts';

/** What only a copy of the table can get without a look at its rows under a lock: facts of `to`, by the table they are of. */
export function copiedChanges(from: Structure, to: Structure): ReadonlyMap<string, readonly Fact[]> {
  const found = [...to.facts.values()].filter((fact) => {
    const before = from.facts.get(fact.id);
    return (
      isOnOldTable(fact, from, to) &&
      (isExcluding(before, fact) || isComputed(before, fact) || isGuarded(before, fact, to))
    );
  });
  return Map.groupBy(found, ({ parent = '' }) => parent);
}

function isOnOldTable({ parent = '' }: Fact, from: Structure, to: Structure): boolean {
  const [before, after] = [from.facts.get(parent), to.facts.get(parent)];
  return before?.kind === 'table' && before.attributes['partitionKey'] === after?.attributes['partitionKey'];
}

/** An exclusion constraint whose index has to be built: no index can be handed over to one. */
function isExcluding(before: Fact | undefined, { kind, attributes }: Fact): boolean {
  return (
    kind === 'constraint' && attributes['type'] === 'x' && before?.attributes['definition'] !== attributes['definition']
  );
}

/** A column whose stored values the server computes. */
function isComputed(before: Fact | undefined, { kind, attributes }: Fact): boolean {
  if (kind !== 'column' || typeof attributes['generated'] !== 'string' || attributes['virtual'] === true) return false;
  return ['generated', 'virtual', 'type', 'collation'].some((key) => before?.attributes[key] !== attributes[key]);
}

/** A new column of a type that looks at each value, at null too. */
function isGuarded(before: Fact | undefined, column: Fact, to: Structure): boolean {
  if (column.kind !== 'column' || before !== undefined) return false;
  return column.requires.some((id) => isGuard(to.facts.get(id), to));
}

function isGuard(type: Fact | undefined, { facts }: Structure): boolean {
  if (type?.kind !== 'domain') return false;
  const checks = [...facts.values()].some(({ kind, parent }) => kind === 'domain constraint' && parent === type.id);
  return checks || type.attributes['notNull'] === true;
}

/** Checks that a domain is to get while columns are of it: facts of `to`, by the domain they are of. */
export function guardedDomains(from: Structure, to: Structure): ReadonlyMap<string, readonly Fact[]> {
  const found = [...to.facts.values()].filter((fact) => {
    const [domain, after] = [from.facts.get(fact.parent ?? ''), to.facts.get(fact.parent ?? '')];
    if (fact.kind !== 'domain constraint' || domain === undefined || after === undefined) return false;
    const before = from.facts.get(fact.id)?.attributes;
    const isProved = before?.['validated'] === true && before['check'] === fact.attributes['check'];
    return fact.attributes['validated'] === true && !isProved && !isSwapped(domain, after) && isUsed(domain);
  });
  return Map.groupBy(found, ({ parent = '' }) => parent);
}

function isUsed({ notes }: Fact): boolean {
  return JSON.stringify(notes?.['users'] ?? []) !== '[]';
}
