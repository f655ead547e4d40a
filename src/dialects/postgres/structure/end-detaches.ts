import type { DefinitionStatement } from '../../../dialect/definition.ts';
import type { Fact, Structure } from '../../../dialect/structure/fact.ts';
import { endOf } from './kinds/pending-detach.ts';
import { renameNotNulls } from './table/rename-not-nulls.ts';

/** What was stopped halfway is ended first: until then the server changes nothing about the partition. */
export function endDetaches(
  from: Structure,
  to: Structure,
): { readonly steps: readonly DefinitionStatement[]; readonly from: Structure } {
  const ended = [...from.facts.values()].filter(({ kind, id }) => kind === 'pending detach' && !to.facts.has(id));
  if (ended.length === 0) return { steps: [], from };
  const facts = new Map(from.facts);
  for (const { id } of ended) facts.delete(id);
  const steps = ended.flatMap((fact) => [endOf(fact), ...renameNotNulls(columnsAlone(fact, to), from)]);
  return { steps, from: { ...from, facts } };
}

/** The columns of a table that stays one of its own; a partition to come gets its names when it is attached. */
function columnsAlone({ parent }: Fact, { facts }: Structure): readonly Fact[] {
  const parts = [...facts.values()].filter((fact) => fact.parent === parent);
  return parts.some(({ kind }) => kind === 'partition') ? [] : parts.filter(({ kind }) => kind === 'column');
}
