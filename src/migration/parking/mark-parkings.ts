import { hash } from 'node:crypto';
import type { Change } from '../../catalog/change/change.ts';

/** The changes with what a revision parks marked as its own: an earlier one may have parked something of that name. */
export function markParkings(changes: readonly Change[], { parents, message }: MarkedRevision): readonly Change[] {
  const mark = hash('sha256', [...parents, message].join('\n')).slice(0, 6);
  return changes.map((change) =>
    change.kind === 'park-column' || change.kind === 'park-table' ? { ...change, mark } : change,
  );
}

interface MarkedRevision {
  /** The ids of the revisions before it. */
  readonly parents: readonly string[];
  readonly message: string;
}
