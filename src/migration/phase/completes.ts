import type { RevisionGraph } from '../revision/revision-graph.ts';
import type { LoadedRevision } from '../revision/revision.ts';

/**
 * The revisions that a revision of phase `contract` completes: on each way back from it the nearest of phase `expand`;
 * where there is none, the one that it comes after.
 */
export function completes(contract: LoadedRevision, graph: RevisionGraph): readonly LoadedRevision[] {
  const found = new Set(contract.parents.map((parent) => nearestExpand(parent, graph) ?? parent));
  return [...found].map((id) => graph.get(id));
}

function nearestExpand(id: string, graph: RevisionGraph): string | undefined {
  const { phase, parents } = graph.get(id);
  if (phase === 'expand') return id;
  for (const parent of parents) {
    const found = nearestExpand(parent, graph);
    if (found !== undefined) return found;
  }
  return undefined;
}
