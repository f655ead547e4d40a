import type { Change } from '../../catalog/change/change.ts';
import { invertChanges } from '../../catalog/change/invert.ts';
import { isTransition } from '../../catalog/change/transition.ts';
import { diffCatalogs } from '../../catalog/diff/diff-catalogs.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { applyRevision, foldRevisions } from '../plan/revision-plan.ts';
import type { RevisionGraph } from '../revision/revision-graph.ts';
import type { LoadedRevision } from '../revision/revision.ts';

/** What one revision in the place of several holds. */
export interface Squashed {
  readonly parents: readonly string[];
  readonly replaces: readonly string[];
  readonly up: readonly Change[];
  readonly down?: readonly Change[];
  /** The files that it makes superfluous. */
  readonly files: readonly string[];
}

/**
 * The revisions from `first` to `last`, both included, as one. Where they only change the catalog, it holds the
 * difference that they make together; where they hold SQL by hand, move rows or rename, it holds all their changes.
 */
export function squashRevisions(graph: RevisionGraph, first: LoadedRevision, last: LoadedRevision): Squashed {
  const line = lineBetween(graph, first, last);
  const before = foldRevisions(graph.upTo(first.id).filter(({ id }) => id !== first.id));
  const up = line.flatMap((revision) => revision.up);
  const replaces = line.flatMap(({ id, replaces: older = [] }) => [...older, id]);
  const files = line.map(({ file }) => file);
  const common = { parents: first.parents, replaces, files };
  if (line.every(({ down }) => down === undefined) && up.every(isState)) {
    const after = line.reduce((catalog, revision) => applyRevision(revision, catalog), before);
    return { ...common, up: diffCatalogs(before, after) };
  }
  return line.some(({ down }) => down !== undefined)
    ? { ...common, up, down: downOf(line, graph, first) }
    : { ...common, up };
}

/** It changes what the catalog is, and nothing but that. */
function isState(change: Change): boolean {
  return change.kind !== 'raw-sql' && !isTransition(change) && !change.kind.startsWith('rename-');
}

function downOf(line: readonly LoadedRevision[], graph: RevisionGraph, first: LoadedRevision): readonly Change[] {
  let catalog = foldRevisions(graph.upTo(first.id).filter(({ id }) => id !== first.id));
  const downs: (readonly Change[])[] = [];
  for (const revision of line) {
    downs.unshift(revision.down ?? invertChanges(revision.up, catalog));
    catalog = applyRevision(revision, catalog);
  }
  return downs.flat();
}

/** The revisions between the two, one after the other; nobody else may come after one in the middle. */
function lineBetween(graph: RevisionGraph, first: LoadedRevision, last: LoadedRevision): readonly LoadedRevision[] {
  const later = new Set([first, ...graph.after(first.id)]);
  const line = graph.upTo(last.id).filter((revision) => later.has(revision));
  const ids = new Set(line.map(({ id }) => id));
  if (!ids.has(first.id)) throw refused(`${last.id} does not come after ${first.id}`);
  for (const revision of line) {
    const { id, parents, labels = [], dependsOn = [] } = revision;
    if (id !== first.id && !parents.every((parent) => ids.has(parent)))
      throw refused(`revision ${id} joins a branch from outside`);
    if (labels.length > 0 || dependsOn.length > 0) throw refused(`revision ${id} has labels or depends on others`);
    const outside = graph.ordered.find((other) => !ids.has(other.id) && other.parents.includes(id));
    if (outside !== undefined && id !== last.id)
      throw refused(`revision ${outside.id} comes after ${id}, in the middle`);
  }
  return line;
}

function refused(reason: string): RowhouseError {
  return new RowhouseError('REVISION_INVALID', `the revisions cannot be squashed: ${reason}`, {
    hint: '`rowhouse history` shows how they follow each other',
  });
}
