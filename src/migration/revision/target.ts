import { RowhouseError } from '../../errors/rowhouse-error.ts';
import type { RevisionGraph } from './revision-graph.ts';
import type { LoadedRevision } from './revision.ts';

/**
 * The revisions to apply for a target, in order: `head` (the default), `heads`, `+2`, an id or the start of one,
 * `label@head`.
 */
export function pendingFor(
  target: string,
  graph: RevisionGraph,
  applied: ReadonlySet<string>,
): readonly LoadedRevision[] {
  const pending = (revisions: readonly LoadedRevision[]): readonly LoadedRevision[] =>
    revisions.filter(({ id }) => !applied.has(id));
  if (target === 'heads') return pending(graph.ordered);
  if (target === 'head') {
    const head = graph.head();
    return head === undefined ? [] : pending(graph.upTo(head.id));
  }
  if (/^\+\d+$/.test(target)) return pending(graph.ordered).slice(0, Number(target));
  return pending(graph.upTo(resolveRevision(target, graph).id));
}

/** The revisions to take back for a target, newest first: `-1` (the default), `-3`, `base`, an id to go back to. */
export function revertedFor(
  target: string,
  graph: RevisionGraph,
  applied: ReadonlySet<string>,
): readonly LoadedRevision[] {
  const newestFirst = graph.ordered.filter(({ id }) => applied.has(id)).toReversed();
  if (target === 'base') return newestFirst;
  if (/^-\d+$/.test(target)) return newestFirst.slice(0, -Number(target));
  const kept = resolveRevision(target, graph);
  if (!applied.has(kept.id)) {
    throw new RowhouseError('REVISION_NOT_FOUND', `revision ${kept.id} is not applied, so nothing can go back to it`, {
      details: { revision: kept.id },
    });
  }
  const later = new Set(graph.after(kept.id).map(({ id }) => id));
  return newestFirst.filter(({ id }) => later.has(id));
}

/** The revision that an id, the start of one or `label@head` means. */
export function resolveRevision(target: string, graph: RevisionGraph): LoadedRevision {
  const [label, at] = target.split('@');
  if (at !== 'head') return graph.find(target);
  const start = graph.ordered.find(({ labels = [] }) => labels.includes(label ?? ''));
  if (start === undefined) {
    throw new RowhouseError('REVISION_NOT_FOUND', `no revision carries the label ${label}`, { details: { label } });
  }
  const branch = new Set([start.id, ...graph.after(start.id).map(({ id }) => id)]);
  const [tip, ...others] = graph.heads().filter(({ id }) => branch.has(id));
  if (tip === undefined || others.length > 0) {
    throw new RowhouseError('HEADS_MULTIPLE', `the branch ${label} has several heads`, { details: { label } });
  }
  return tip;
}
