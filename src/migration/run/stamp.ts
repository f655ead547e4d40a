import { readState } from '../ledger/ledger-state.ts';
import type { RevisionGraph } from '../revision/revision-graph.ts';
import type { LoadedRevision } from '../revision/revision.ts';
import { pendingFor, revertedFor } from '../revision/target.ts';
import { fingerprint } from './fingerprint.ts';
import { lineOf, type MigrationContext, type MigrationReport } from './migration-context.ts';
import { withMigrationLock } from './with-migration-lock.ts';

/**
 * Records, without running anything, that the database is at `target`: what leads there is applied, what comes after is
 * not. A run that was cut short counts as settled by hand.
 */
export async function stamp(given: MigrationContext, target = 'head'): Promise<MigrationReport> {
  return await withMigrationLock(given, async (session, context) => {
    await context.ledger.ensure(lineOf(session));
    const { applied, unfinished } = readState(await context.ledger.read(lineOf(session)));
    const ids = new Set(applied.keys());
    const pending = target === 'base' ? [] : pendingFor(target, context.graph, ids);
    const later = laterThan(target, context.graph, ids);
    await session.transaction(async (transaction) => {
      if (unfinished !== undefined) await context.ledger.stop(transaction, unfinished, 'abandoned');
      for (const revision of later) await context.ledger.stamp(transaction, revision, 'unstamp');
      for (const revision of pending) await context.ledger.stamp(transaction, revision, 'stamp');
    });
    const last = (await context.ledger.read(lineOf(session))).at(-1);
    if (last !== undefined && pending.length + later.length > 0) {
      await context.ledger.setFingerprint(session, last, await fingerprint(context, session));
    }
    return { revisions: pending, resumed: false, ...(later.length === 0 ? {} : { unstamped: later }) };
  });
}

/** Applied revisions that come after the target, newest first. A target that is not applied yet has none. */
function laterThan(target: string, graph: RevisionGraph, applied: ReadonlySet<string>): readonly LoadedRevision[] {
  if (target === 'head' || target === 'heads' || /^\+\d+$/.test(target)) return [];
  return target === 'base' || applied.has(graph.find(target).id) ? revertedFor(target, graph, applied) : [];
}
