import type { PinnedSession } from '../../database/pinned-session.ts';
import { ensureClientTable } from '../client/ensure-client-table.ts';
import { appliedTo, readState, type LedgerState } from '../ledger/ledger-state.ts';
import { purgeParked } from '../parking/purge-parked.ts';
import { untilContract } from '../phase/until-contract.ts';
import { applyRevision, foldRevisions, planDown, planUp, type RevisionPlan } from '../plan/revision-plan.ts';
import { pendingFor, revertedFor } from '../revision/target.ts';
import { adoptReplaced } from './adopt-replaced.ts';
import { appliedRevisions, finishUnfinished } from './finish-unfinished.ts';
import { lineOf, type MigrationContext, type MigrationReport } from './migration-context.ts';
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
    if (context.graph.ordered.some(({ phase }) => phase !== undefined)) {
      await ensureClientTable(session, session.connection);
    }
    const revisions = await runUntilReached(context, session, target, planUpgrade);
    return { revisions, resumed, ...(await endPhase(context, session, revisions, resumed)) };
  });
}

/** What a run of one phase says or does at its end. What it has parked itself stays, so that it can be taken back. */
async function endPhase(
  context: MigrationContext,
  session: PinnedSession,
  made: MigrationReport['revisions'],
  resumed: boolean,
): Promise<Pick<MigrationReport, 'waiting' | 'purged'>> {
  switch (context.phase) {
    case undefined:
      return {};
    case 'expand': {
      const { applied } = readState(await context.ledger.read(lineOf(session)));
      const pending = pendingFor('heads', context.graph, new Set(applied.keys()));
      return { waiting: pending.slice(untilContract(pending).length) };
    }
    case 'contract': {
      if (session.dialect.parking === undefined || resumed) return {};
      const except = new Set(made.map(({ id }) => id));
      return { purged: await purgeParked(context, session, { olderThanMs: 0, except }) };
    }
  }
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
  const pending = pendingFor(target, context.graph, new Set(appliedTo(state, context.graph).keys()));
  return (context.phase === 'expand' ? untilContract(pending) : pending).map((revision) => {
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
  return revertedFor(target, context.graph, new Set(appliedTo(state, context.graph).keys())).map((revision) => {
    kept.splice(kept.indexOf(revision), 1);
    return planDown(revision, foldRevisions(kept), dialect);
  });
}
