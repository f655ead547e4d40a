import type { Fact } from '../../../dialect/structure/fact.ts';
import type { PlanContext } from '../../../dialect/structure/rules.ts';
import { factText } from './fact-text.ts';
import { homesOf, isDefault, siblingsOf } from './partition-homes.ts';
import { placeOf, sourcesAbove, tableIdOf } from './relation.ts';

/** Why a partition has to leave while nobody can use the table above. Undefined: it can leave concurrently. */
export function whyNotConcurrently(fact: Fact, context: PlanContext): string | undefined {
  const { from, to } = context;
  const source = factText(fact.notes?.['sourceTable']);
  const parts = [fact, ...siblingsOf(fact, from), ...siblingsOf(fact, to)];
  if (parts.some(({ attributes }) => isDefault(attributes)))
    return `nobody can use ${source} meanwhile: with a default partition the server detaches none concurrently`;
  if (movesRows(context))
    return `nobody can use ${source} meanwhile: others get another place, and are out of sight until that is done`;
  return undefined;
}

/** True: partitions are detached and their rows seen again in one transaction, which nothing may end halfway. */
function movesRows(context: PlanContext): boolean {
  const { from, to } = context;
  return [...from.facts.values()].some((link) => {
    if (link.kind !== 'partition') return false;
    const [table, after] = [from.facts.get(tableIdOf(link)), to.facts.get(link.id)];
    if (after === undefined) return table !== undefined && homesOf(table, context).length > 0;
    return ['source', 'bound'].some((key) => link.attributes[key] !== after.attributes[key]);
  });
}

/** What a person should know before a partition leaves. */
export function detachNote(fact: Fact, context: PlanContext, reason: string | undefined): string {
  const { table } = placeOf(fact);
  return [
    reason ?? 'if it is stopped halfway, compare again: the next plan ends it',
    ...referringTables(fact, context).map(
      (other) => `nobody can write to ${other} while the server looks there for the rows of ${table}`,
    ),
  ].join('; ');
}

/** The tables with foreign keys that lead to a table above: none of their rows may refer to one of the partition. */
function referringTables(fact: Fact, context: PlanContext): readonly string[] {
  const { from, to } = context;
  const above = new Set(sourcesAbove(tableIdOf(fact), from, context));
  const keys = [...from.facts.values()].filter(
    ({ kind, id, notes }) => kind === 'constraint' && above.has(factText(notes?.['target'])) && to.facts.has(id),
  );
  return [...new Set(keys.map((key) => placeOf(key).table))].toSorted();
}
