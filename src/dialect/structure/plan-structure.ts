import type { DefinitionStatement } from '../definition.ts';
import { compareFacts, rulesOf, type Comparison } from './compare.ts';
import type { Fact, Structure } from './fact.ts';
import { orderActions, type Action } from './order-actions.ts';
import type { PlanContext, RuleTable, Safety } from './rules.ts';

/**
 * The statements that turn `from` into `to`: facts are compared, what must be done is put in an order in which each
 * statement finds what it needs, and the rules of each kind print it.
 */
export function planStructure(
  from: Structure,
  to: Structure,
  rules: RuleTable,
  safe: Safety,
): readonly DefinitionStatement[] {
  const context: PlanContext = { from, to, safe, partsOf: partsFinder() };
  const comparison = compareFacts(context, rules);
  const actions = withTouched(comparison, [
    ...drops(comparison, rules, context),
    ...alterations(comparison),
    ...creations(comparison, rules, context),
  ]);
  return orderActions(actions, comparison, rules).flatMap((action) => print(action, comparison, rules, context));
}

function print(
  { does, id }: Action,
  { dropped, altered, created }: Comparison,
  rules: RuleTable,
  context: PlanContext,
): readonly DefinitionStatement[] {
  if (does === 'alter') return altered.get(id)?.alteration.steps ?? [];
  if (does === 'prepare') return altered.get(id)?.alteration.prepare ?? [];
  const fact = (does === 'drop' ? dropped : created).get(id);
  return fact === undefined ? [] : rulesOf(rules, fact)[does](fact, context);
}

/** What goes with its parent needs no statement of its own. */
function drops(comparison: Comparison, rules: RuleTable, context: PlanContext): readonly Action[] {
  const { dropped } = comparison;
  const parts = Map.groupBy(dropped.values(), ({ parent }) => parent);
  return [...dropped.values()].map((fact) => {
    const parent = fact.parent === undefined ? undefined : dropped.get(fact.parent);
    const isAlone = (whole: Fact): boolean =>
      rulesOf(rules, fact).outlivesParent?.(fact, whole, context) === true || leadsBack(fact, whole, comparison, parts);
    const silent = parent !== undefined && !isAlone(parent);
    return { does: 'drop', id: fact.id, needs: needsOf(fact), ...(silent ? { within: parent.id } : {}) };
  });
}

/**
 * True: the part needs something that needs the whole or is about to leave it (a policy that reads a view of its table, a
 * default that counts by a sequence which stays, a rule that writes to a table which inherits from its own): it goes before both.
 */
function leadsBack(
  part: Fact,
  whole: Fact,
  { dropped, altered }: Comparison,
  parts: ReadonlyMap<string | undefined, readonly Fact[]>,
): boolean {
  const isWithin = (id: string | undefined): boolean =>
    id !== undefined && (id === whole.id || isWithin(dropped.get(id)?.parent));
  const seen = new Set<string>();
  const reaches = (id: string): boolean => {
    const fact = dropped.get(id);
    if (fact === undefined) return isWithin(altered.get(id)?.from.parent);
    if (seen.has(id)) return false;
    seen.add(id);
    const needed = [fact, ...(parts.get(id) ?? [])].flatMap(({ requires }) => requires);
    return isWithin(id) || needed.some(reaches);
  };
  return part.requires.some((id) => !isWithin(id) && reaches(id));
}

function alterations({ altered }: Comparison): readonly Action[] {
  return [...altered.values()].flatMap(({ from, to, alteration }): readonly Action[] => {
    const left = from.parent === undefined ? from.requires : [from.parent, ...from.requires];
    const leaves = left.filter((id) => !needsOf(to).includes(id));
    const alter: Action = { does: 'alter', id: to.id, needs: needsOf(to), leaves };
    return alteration.prepare === undefined ? [alter] : [{ does: 'prepare', id: to.id, needs: needsOf(to) }, alter];
  });
}

function creations({ created }: Comparison, rules: RuleTable, context: PlanContext): readonly Action[] {
  return [...created.values()].map((fact) => {
    const whole = fact.parent === undefined ? undefined : created.get(fact.parent);
    const inlined = whole !== undefined && rulesOf(rules, whole).inlines?.(fact, whole, context) === true;
    return { does: 'create', id: fact.id, needs: needsOf(fact), ...(inlined ? { within: whole.id } : {}) };
  });
}

/**
 * Who needs a fact that changes along with another needs the other; who stops needing the other does so before it
 * changes.
 */
function withTouched({ altered }: Comparison, actions: readonly Action[]): readonly Action[] {
  const changers = new Map<string, string[]>();
  for (const [id, { alteration }] of altered) {
    for (const touched of alteration.touches ?? []) changers.set(touched, [...(changers.get(touched) ?? []), id]);
  }
  return actions.map((action) => {
    const changing = action.needs.flatMap((id) => changers.get(id) ?? []).filter((id) => id !== action.id);
    const precedes = action.leaves?.filter((id) => altered.get(id)?.alteration.touches !== undefined) ?? [];
    return { ...action, needs: [...action.needs, ...changing], precedes };
  });
}

function needsOf({ parent, requires, follows = [] }: Fact): readonly string[] {
  return [...(parent === undefined ? [] : [parent]), ...requires, ...follows];
}

/** Looks the parts of a fact up; each structure is walked once. */
function partsFinder(): PlanContext['partsOf'] {
  const known = new Map<Structure, ReadonlyMap<string, readonly Fact[]>>();
  return ({ id }, structure) => {
    const parts = known.get(structure) ?? partsByParent(structure);
    known.set(structure, parts);
    return parts.get(id) ?? [];
  };
}

function partsByParent({ facts }: Structure): ReadonlyMap<string, readonly Fact[]> {
  const found = new Map<string, Fact[]>();
  for (const fact of facts.values()) {
    if (fact.parent === undefined) continue;
    const list = found.get(fact.parent);
    if (list === undefined) found.set(fact.parent, [fact]);
    else list.push(fact);
  }
  return found;
}
