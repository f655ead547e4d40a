import type { LoadedRevision } from '../revision/revision.ts';

/** The revisions that old code can run with: those before the first of phase `contract`, in order. */
export function untilContract(pending: readonly LoadedRevision[]): readonly LoadedRevision[] {
  const first = pending.findIndex(({ phase }) => phase === 'contract');
  return first === -1 ? pending : pending.slice(0, first);
}
