import type { Dialect } from '../../dialect/dialect.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { applyRevision, foldRevisions, planDown, planUp, type RevisionPlan } from '../plan/revision-plan.ts';
import type { RevisionGraph } from '../revision/revision-graph.ts';
import { resolveRevision } from '../revision/target.ts';
import type { LoadedRevision } from '../revision/revision.ts';

/**
 * The plans that lead from one point of the history to another, without a database: `base:head`, `1a2b:`, `head:1a2b`.
 * What only the first has is taken back, newest first; then what only the second has is applied.
 */
export function offlinePlans(range: string, graph: RevisionGraph, dialect: Dialect): readonly RevisionPlan[] {
  const [from, to] = rangeOf(range, graph);
  const reverted = from.filter((revision) => !to.includes(revision)).toReversed();
  let applied = from;
  const down = reverted.map((revision) => {
    applied = applied.filter((other) => other !== revision);
    return planDown(revision, foldRevisions(applied), dialect);
  });
  let catalog = foldRevisions(applied);
  const up = to
    .filter((revision) => !from.includes(revision))
    .map((revision) => {
      const plan = planUp(revision, catalog, dialect);
      catalog = applyRevision(revision, catalog);
      return plan;
    });
  return [...down, ...up];
}

/** True when the range begins before the first revision, where there is no ledger yet. */
export function beginsAtBase(range: string): boolean {
  return !range.includes(':') || /^(?:base)?:/.test(range);
}

function rangeOf(range: string, graph: RevisionGraph): readonly [readonly LoadedRevision[], readonly LoadedRevision[]] {
  const [first, second, ...rest] = range.split(':');
  if (rest.length > 0) {
    throw new RowhouseError('USAGE', `${range} is not a range of revisions`, { hint: 'write FROM:TO, e.g. base:head' });
  }
  return second === undefined
    ? [[], pointOf(first ?? 'head', graph)]
    : [pointOf(first === '' ? 'base' : (first ?? 'base'), graph), pointOf(second === '' ? 'head' : second, graph)];
}

/** The revisions that are applied at a point of the history. */
function pointOf(point: string, graph: RevisionGraph): readonly LoadedRevision[] {
  if (point === 'base') return [];
  if (point === 'heads') return graph.ordered;
  const revision = point === 'head' ? graph.head() : resolveRevision(point, graph);
  return revision === undefined ? [] : graph.upTo(revision.id);
}
