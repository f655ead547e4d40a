import type { PinnedSession } from '../../database/pinned-session.ts';
import type { LedgerState } from '../ledger/ledger-state.ts';
import { applyRevision, foldRevisions, planDown, planUp, type RevisionPlan } from '../plan/revision-plan.ts';
import { pendingFor, revertedFor } from '../revision/target.ts';
import { adoptReplaced } from './adopt-replaced.ts';
import { appliedRevisions, finishUnfinished } from './finish-unfinished.ts';
import type { MigrationContext, MigrationReport } from './migration-context.ts';
import { runUntilReached } from './run-until-reached.ts';
import { withMigrationLock } from './with-migration-lock.ts';

/**
 * Applies the revisions up to `target` that the database does not have. A run that was cut short is finished first.
 *
 * @example
 * ```ts
 * const { revisions } = await upgrade(context, 'head');
 * ```
 */
export async function upgrade(given: MigrationContext, target = 'head'): Promise<MigrationReport> {
  return await withMigrationLock(given, async (session, context) => {
    const resumed = await finishUnfinished(context, session);
    await adoptReplaced(context, session);
    return { revisions: await runUntilReached(context, session, target, planUpgrade), resumed };
  });
}

/** Takes back the newest revisions down to `target`: `-1` unless something else is said. */
export async function downgrade(given: MigrationContext, target = '-1'): Promise<MigrationReport> {
  return await withMigrationLock(given, async (session, context) => {
    const resumed = await finishUnfinished(context, session);
    await adoptReplaced(context, session);
    return { revisions: await runUntilReached(context, session, target, planDowngrade), resumed };
  });
}

/** Compiles every plan before the first statement runs, so that what cannot be compiled changes nothing. */
export function planUpgrade(
  context: MigrationContext,
  { dialect }: PinnedSession,
  state: LedgerState,
  target: string,
): readonly RevisionPlan[] {
  let catalog = foldRevisions(appliedRevisions(context, state));
  return pendingFor(target, context.graph, new Set(state.applied.keys())).map((revision) => {
    const plan = planUp(revision, catalog, dialect);
    catalog = applyRevision(revision, catalog);
    return plan;
  });
}

/** The plans that take revisions back, newest first. */
export function planDowngrade(
  context: MigrationContext,
  { dialect }: PinnedSession,
  state: LedgerState,
  target: string,
): readonly RevisionPlan[] {
  const kept = [...appliedRevisions(context, state)];
  return revertedFor(target, context.graph, new Set(state.applied.keys())).map((revision) => {
    kept.splice(kept.indexOf(revision), 1);
    return planDown(revision, foldRevisions(kept), dialect);
  });
}
