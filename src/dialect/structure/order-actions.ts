import { SmallestFirst } from '../../util/smallest-first.ts';
import { refused, rulesOf, type Comparison } from './compare.ts';
import type { Fact } from './fact.ts';
import type { RuleTable } from './rules.ts';

/** One thing to do with one fact. */
export interface Action {
  readonly does: 'create' | 'alter' | 'drop' | 'prepare';
  readonly id: string;
  /** The ids that the fact needs: for a drop, in the state before; else in the state after, where one may have to be gone. */
  readonly needs: readonly string[];
  /** For an alteration: what the fact needs no more once it is done. */
  readonly leaves?: readonly string[];
  /** For an alteration: what is altered only once this is done. */
  readonly precedes?: readonly string[];
  /** The whole whose statement does this too; the action prints nothing itself. */
  readonly within?: string;
}

/** The actions that print something, in an order in which each finds what it needs. Throws `PLAN_REFUSED` for a circle. */
export function orderActions(actions: readonly Action[], comparison: Comparison, rules: RuleTable): readonly Action[] {
  const byKey = new Map(actions.map((action) => [keyOf(action), action]));
  const leader = (key: string): string => {
    const action = byKey.get(key);
    return action?.within === undefined ? key : leader(`${action.does} ${action.within}`);
  };
  const before = new Map<string, Set<string>>(
    actions.filter(({ within }) => within === undefined).map((action) => [keyOf(action), new Set<string>()]),
  );
  const mustFollow = (later: string, earlier: string): void => {
    if (!byKey.has(later) || !byKey.has(earlier)) return;
    const [follower, first] = [leader(later), leader(earlier)];
    if (follower !== first) before.get(follower)?.add(first);
  };
  for (const action of actions) connect(action, mustFollow);
  for (const [later, earlier] of sameNames(comparison, rules)) mustFollow(later, earlier);
  const rank = (key: string): number => {
    const action = byKey.get(key);
    const fact = action === undefined ? undefined : factOf(action, comparison);
    if (action === undefined || fact === undefined) return 0;
    const { rank: usual = 0, dropRank = usual } = rulesOf(rules, fact);
    return (action.does === 'drop' ? dropRank : usual) + turn[action.does];
  };
  return sortByNeed(before, rank).flatMap((key) => byKey.get(key) ?? []);
}

/** Among what could come next, preparations go first and drops last. */
const turn = { prepare: -1000, create: 0, alter: 0, drop: 1000 } as const;

function connect(
  { does, id, needs, leaves = [], precedes = [] }: Action,
  mustFollow: (later: string, earlier: string) => void,
): void {
  const self = `${does} ${id}`;
  for (const need of needs) {
    if (does === 'drop') {
      mustFollow(`drop ${need}`, self);
      mustFollow(`alter ${need}`, self);
    } else {
      mustFollow(self, `create ${need}`);
      mustFollow(self, `alter ${need}`);
      mustFollow(self, `drop ${need}`);
    }
  }
  for (const left of leaves) mustFollow(`drop ${left}`, self);
  for (const later of precedes) mustFollow(`alter ${later}`, self);
  if (does === 'create') mustFollow(self, `drop ${id}`);
  if (does === 'alter') mustFollow(self, `prepare ${id}`);
}

function keyOf({ does, id }: Action): string {
  return `${does} ${id}`;
}

function factOf({ does, id }: Action, { dropped, created, altered }: Comparison): ReturnType<typeof dropped.get> {
  return does === 'alter' || does === 'prepare' ? altered.get(id)?.to : (does === 'drop' ? dropped : created).get(id);
}

/** What takes a name follows what gives it up. */
function sameNames(
  { dropped, created, altered }: Comparison,
  rules: RuleTable,
): readonly (readonly [string, string])[] {
  const namesOf = (fact: Fact): readonly string[] => [rulesOf(rules, fact).occupies?.(fact) ?? []].flat();
  const given = new Map<string, string[]>();
  const give = (fact: Fact, action: string): void => {
    for (const name of namesOf(fact)) given.set(name, [...(given.get(name) ?? []), action]);
  };
  for (const fact of dropped.values()) give(fact, `drop ${fact.id}`);
  const follow = (fact: Fact, action: string): readonly (readonly [string, string])[] =>
    namesOf(fact).flatMap((name) => (given.get(name) ?? []).map((earlier) => [action, earlier] as const));
  const alterations = [...altered.values()].flatMap(({ to }) => follow(to, `alter ${to.id}`));
  const givenUp = Map.groupBy(
    [...altered.values()].flatMap(({ from, to }) =>
      without(namesOf(from), namesOf(to)).map((name) => ({ name, action: `alter ${to.id}` })),
    ),
    ({ name }) => name,
  );
  const passedOn = [...altered.values()].flatMap(({ from, to }) =>
    without(namesOf(to), namesOf(from)).flatMap((name) =>
      (givenUp.get(name) ?? []).map(({ action }) => [`alter ${to.id}`, action] as const),
    ),
  );
  for (const { from } of altered.values()) give(from, `alter ${from.id}`);
  const creations = [...created.values()].flatMap((fact) => follow(fact, `create ${fact.id}`));
  return [...alterations, ...passedOn, ...creations];
}

function without(names: readonly string[], others: readonly string[]): readonly string[] {
  return names.filter((name) => !others.includes(name));
}

/** A topological sort; among what could come next, the lowest rank and then the smallest key goes first. */
function sortByNeed(before: ReadonlyMap<string, Set<string>>, rank: (key: string) => number): readonly string[] {
  const ranks = new Map([...before.keys()].map((key) => [key, rank(key)]));
  const rankOf = (key: string): number => ranks.get(key) ?? 0;
  const keys = [...before.keys()].toSorted((a, b) => rankOf(a) - rankOf(b) || (a < b ? -1 : 1));
  const positions = new Map(keys.map((key, position) => [key, position]));
  const missing = new Map([...before].map(([key, earlier]) => [key, earlier.size]));
  const after = followers(before);
  const ready = new SmallestFirst();
  const isReady = (key: string): void => ready.add(positions.get(key) ?? 0);
  for (const [key, count] of missing) if (count === 0) isReady(key);
  const ordered: string[] = [];
  for (let next = ready.take(); next !== undefined; next = ready.take()) {
    const key = keys[next] ?? '';
    ordered.push(key);
    for (const follower of after.get(key) ?? []) {
      const left = (missing.get(follower) ?? 0) - 1;
      missing.set(follower, left);
      if (left === 0) isReady(follower);
    }
  }
  if (ordered.length < before.size) throw circle(before, new Set(ordered));
  return ordered;
}

function followers(before: ReadonlyMap<string, Set<string>>): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const [key, earlier] of before) {
    for (const other of earlier) {
      const list = found.get(other);
      if (list === undefined) found.set(other, [key]);
      else list.push(key);
    }
  }
  return found;
}

function circle(before: ReadonlyMap<string, Set<string>>, done: ReadonlySet<string>): Error {
  const left = [...before.keys()].filter((key) => !done.has(key));
  const path: string[] = [];
  for (let key = left[0]; key !== undefined && !path.includes(key);) {
    path.push(key);
    key = [...(before.get(key) ?? [])].find((earlier) => !done.has(earlier));
  }
  const [, object = ''] = /^\w+ (.*)$/s.exec(path[0] ?? '') ?? [];
  return refused(object, `no order is possible: ${path.join(' needs ')}`);
}
