import type { Change } from '../../catalog/change/change.ts';
import { describeChange } from '../../catalog/change/describe-change.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { foldRevisions } from '../plan/revision-plan.ts';
import type { RevisionGraph } from '../revision/revision-graph.ts';
import type { LoadedRevision } from '../revision/revision.ts';
import { findConflict } from './commute.ts';

/** One change with the revision it is in. */
interface Step {
  readonly revision: LoadedRevision;
  readonly change: Change;
}

/**
 * Checks that the branches which end in `heads` can be joined: their changes commute, pair by pair, over the catalog that
 * both start from. Throws `MERGE_CONFLICT` naming the two changes that do not.
 */
export function refuseConflicts(graph: RevisionGraph, heads: readonly LoadedRevision[]): void {
  for (const [position, ours] of heads.entries()) {
    for (const theirs of heads.slice(position + 1)) refuseConflict(graph, ours, theirs);
  }
}

function refuseConflict(graph: RevisionGraph, ours: LoadedRevision, theirs: LoadedRevision): void {
  const [ourLine, theirLine] = [graph.upTo(ours.id), graph.upTo(theirs.id)];
  const common = ourLine.filter((revision) => theirLine.includes(revision));
  const conflict = findConflict(
    foldRevisions(common),
    stepsOf(ourLine, common),
    stepsOf(theirLine, common),
    ({ change }) => change,
  );
  if (conflict === undefined) return;
  const [one, other] = [sentence(conflict.ours), sentence(conflict.theirs)];
  throw new RowhouseError('MERGE_CONFLICT', `${one} conflicts with ${other}`, {
    details: { ours: detail(conflict.ours), theirs: detail(conflict.theirs) },
    hint: 'change one of the two revisions, if no database has it yet, so that they agree; then merge again',
  });
}

function stepsOf(line: readonly LoadedRevision[], common: readonly LoadedRevision[]): readonly Step[] {
  return line
    .filter((revision) => !common.includes(revision))
    .flatMap((revision) => revision.up.map((change) => ({ revision, change })));
}

function sentence({ revision, change }: Step): string {
  return `"${describeChange(change)}" of revision ${revision.id}`;
}

function detail({ revision, change }: Step): Readonly<Record<string, unknown>> {
  return { revision: revision.id, file: revision.file, change: describeChange(change) };
}
