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
    return { unfinished, plans: makePlans(context, session, finished(state), target) };
  });
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
