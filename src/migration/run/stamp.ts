import { readState } from '../ledger/ledger-state.ts';
import { pendingFor } from '../revision/target.ts';
import { fingerprint } from './fingerprint.ts';
import { lineOf, type MigrationContext, type MigrationReport } from './migration-context.ts';
import { withMigrationLock } from './with-migration-lock.ts';

/** Records the revisions up to `target` as applied without running them: the database has what they make already. */
export async function stamp(context: MigrationContext, target = 'head'): Promise<MigrationReport> {
  return await withMigrationLock(context, async (session) => {
    await context.ledger.ensure(lineOf(session));
    const { applied } = readState(await context.ledger.read(lineOf(session)));
    const pending = pendingFor(target, context.graph, new Set(applied.keys()));
    await session.transaction(async (transaction) => {
      for (const revision of pending) await context.ledger.stamp(transaction, revision, 'stamp');
    });
    const last = (await context.ledger.read(lineOf(session))).at(-1);
    if (last !== undefined && pending.length > 0) {
      await context.ledger.setFingerprint(session, last, await fingerprint(context, session));
    }
    return { revisions: pending, resumed: false };
  });
}
