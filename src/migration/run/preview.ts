import type { PinnedSession } from '../../database/pinned-session.ts';
import type { Backfill } from '../../dialect/definition.ts';
import { estimateBackfill, type BackfillEstimate } from '../backfill/estimate-backfill.ts';
import { readState, refuseUnexplained, type LedgerState } from '../ledger/ledger-state.ts';
import type { RevisionPlan } from '../plan/revision-plan.ts';
import { lineOf, type MigrationContext } from './migration-context.ts';
import { planDowngrade, planUpgrade } from './upgrade.ts';
import { unfinishedPlan } from './finish-unfinished.ts';

/** What a run would do. */
export interface MigrationPreview {
  /** The run that was cut short and would be finished first, with the number of its statements that are done. */
  readonly unfinished: { readonly plan: RevisionPlan; readonly statementsDone: number } | undefined;
  readonly plans: readonly RevisionPlan[];
  /** How many rows its backfills would have to fill in, as far as that can be asked now. */
  readonly backfills: ReadonlyMap<Backfill, BackfillEstimate>;
}

/** The statements with which `upgrade` would come to the target. Reads the ledger and nothing else. */
export async function previewUpgrade(context: MigrationContext, target = 'head'): Promise<MigrationPreview> {
  return await preview(context, target, planUpgrade);
}

/** The statements with which `downgrade` would come to the target. Reads the ledger and nothing else. */
export async function previewDowngrade(context: MigrationContext, target = '-1'): Promise<MigrationPreview> {
  return await preview(context, target, planDowngrade);
}

async function preview(
  context: MigrationContext,
  target: string,
  makePlans: typeof planUpgrade,
): Promise<MigrationPreview> {
  return await context.database.pinned(async (session) => {
    const state = readState(await context.ledger.read(lineOf(session)));
    refuseUnexplained(state, context.graph);
    const unfinished = unfinishedPlan(context, session, state);
    const plans = makePlans(context, session, finished(state), target);
    return {
      unfinished,
      plans,
      backfills: await estimates(session, [...(unfinished ? [unfinished.plan] : []), ...plans]),
    };
  });
}

async function estimates(
  session: PinnedSession,
  plans: readonly RevisionPlan[],
): Promise<MigrationPreview['backfills']> {
  const found = new Map<Backfill, BackfillEstimate>();
  for (const { backfill } of plans.flatMap(({ statements }) => statements)) {
    const estimate = backfill && (await estimateBackfill(session, backfill));
    if (backfill !== undefined && estimate !== undefined) found.set(backfill, estimate);
  }
  return found;
}

/** The state as it would be once the run that was cut short is finished. */
function finished(state: LedgerState): LedgerState {
  const { unfinished } = state;
  if (unfinished === undefined) return state;
  const applied = new Map(state.applied);
  if (unfinished.direction === 'down') applied.delete(unfinished.revision);
  else applied.set(unfinished.revision, unfinished);
  return { ...state, applied, unfinished: undefined };
}
