import { emptyCatalog } from '../../catalog/model/catalog.ts';
import type { PinnedSession } from '../../database/pinned-session.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { readState, refuseUnexplained, type LedgerState } from '../ledger/ledger-state.ts';
import { applyRevision, foldRevisions, planDown, planUp, type RevisionPlan } from '../plan/revision-plan.ts';
import type { LoadedRevision } from '../revision/revision.ts';
import { pendingFor, revertedFor } from '../revision/target.ts';
import { fingerprint } from './fingerprint.ts';
import { lineOf, type MigrationContext, type MigrationReport } from './migration-context.ts';
import { runPlan } from './run-plan.ts';
import { runStepwise } from './run-stepwise.ts';
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
    const state = await currentState(context, session);
    const pending = pendingFor(target, context.graph, new Set(state.applied.keys()));
    const applied = appliedRevisions(context, state);
    const plans = planUpgrade(pending, applied, session);
    return { revisions: await runAll(context, session, plans), resumed };
  });
}

/** Takes back the newest revisions down to `target`: `-1` unless something else is said. */
export async function downgrade(given: MigrationContext, target = '-1'): Promise<MigrationReport> {
  return await withMigrationLock(given, async (session, context) => {
    const resumed = await finishUnfinished(context, session);
    const state = await currentState(context, session);
    const reverted = revertedFor(target, context.graph, new Set(state.applied.keys()));
    const kept = [...appliedRevisions(context, state)];
    const plans = reverted.map((revision) => {
      kept.splice(kept.indexOf(revision), 1);
      return planDown(revision, foldRevisions(kept), session.dialect);
    });
    return { revisions: await runAll(context, session, plans), resumed };
  });
}

/** Compiles every plan before the first statement runs, so that what cannot be compiled changes nothing. */
function planUpgrade(
  pending: readonly LoadedRevision[],
  applied: readonly LoadedRevision[],
  session: PinnedSession,
): readonly RevisionPlan[] {
  let catalog = applied.length === 0 ? emptyCatalog : foldRevisions(applied);
  return pending.map((revision) => {
    const plan = planUp(revision, catalog, session.dialect);
    catalog = applyRevision(revision, catalog);
    return plan;
  });
}

async function runAll(
  context: MigrationContext,
  session: PinnedSession,
  plans: readonly RevisionPlan[],
): Promise<readonly LoadedRevision[]> {
  if (plans.length === 0) return [];
  const done: LoadedRevision[] = [];
  for (const plan of plans) if (await runPlan(context, session, plan)) done.push(plan.revision);
  if (done.length > 0) await recordFingerprint(context, session);
  return done;
}

/** Finishes, forward, the run that the ledger shows as cut short. */
async function finishUnfinished(context: MigrationContext, session: PinnedSession): Promise<boolean> {
  const state = readState(await context.ledger.read(lineOf(session)));
  const { unfinished } = state;
  if (unfinished === undefined) return false;
  refuseUnexplained(state, context.graph);
  const revision = context.graph.has(unfinished.revision) ? context.graph.get(unfinished.revision) : undefined;
  if (revision === undefined || revision.checksum !== unfinished.checksum) {
    throw new RowhouseError(
      'LEDGER_INVALID',
      `revision ${unfinished.revision} was cut short and is not the same any more`,
      {
        details: { revision: unfinished.revision, statementsDone: unfinished.statementsDone },
        hint: 'restore its file from version control, so that the run can be finished; or settle it by hand and record the state with `rowhouse stamp`',
      },
    );
  }
  const others = appliedRevisions(context, state).filter(({ id }) => id !== revision.id);
  const before = foldRevisions(others);
  const plan =
    unfinished.direction === 'down'
      ? planDown(revision, before, session.dialect)
      : planUp(revision, before, session.dialect);
  await runStepwise(context, session, plan, unfinished);
  await recordFingerprint(context, session);
  return true;
}

async function currentState(context: MigrationContext, session: PinnedSession): Promise<LedgerState> {
  const state = readState(await context.ledger.read(lineOf(session)));
  refuseUnexplained(state, context.graph);
  return state;
}

function appliedRevisions({ graph }: MigrationContext, { applied }: LedgerState): readonly LoadedRevision[] {
  return graph.ordered.filter(({ id }) => applied.has(id));
}

async function recordFingerprint(context: MigrationContext, session: PinnedSession): Promise<void> {
  const entry = (await context.ledger.read(lineOf(session))).at(-1);
  if (entry !== undefined) await context.ledger.setFingerprint(session, entry, await fingerprint(context, session));
}
