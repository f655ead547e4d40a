import type { PinnedSession } from '../../database/pinned-session.ts';
import type { Backfill } from '../../dialect/definition.ts';
import { estimateBackfill, type BackfillEstimate } from '../backfill/estimate-backfill.ts';
import { readState, refuseUnexplained, type LedgerState } from '../ledger/ledger-state.ts';
import type { RevisionPlan } from '../plan/revision-plan.ts';
import { lineOf, type MigrationContext } from './migration-context.ts';
import { planDowngrade, planUpgrade } from './upgrade.ts';
import { chooseForAll } from './choose-algorithms.ts';
import { unfinishedPlan } from './finish-unfinished.ts';
import { refuseBlocking } from './refuse-blocking.ts';
import { withMigrationLock } from './with-migration-lock.ts';

/** What a run would do. */
export interface MigrationPreview {
  /** The run that was cut short and would be finished first, with the number of its statements that are done. */
  readonly unfinished: { readonly plan: RevisionPlan; readonly statementsDone: number } | undefined;
  readonly plans: readonly RevisionPlan[];
  /** How many rows its backfills would have to fill in, as far as that can be asked now. */
  readonly backfills: ReadonlyMap<Backfill, BackfillEstimate>;
}

export interface PreviewOptions {
  /**
   * True: the server is asked how it would alter each table, where it can be asked, on empty tables that are dropped at
   * once while no other run goes on, or on a scratch database where the server tells it there. `BUDGET_EXCEEDED` where the run would be refused for it. Default: false.
   */
  readonly asksServer?: boolean | undefined;
}

/** The statements with which `upgrade` would come to the target. Unless the server is to be asked, only reads. */
export async function previewUpgrade(
  context: MigrationContext,
  target = 'head',
  options: PreviewOptions = {},
): Promise<MigrationPreview> {
  return await preview(context, options, (session, state) => planUpgrade(context, session, state, target));
}

/** The statements with which `downgrade` would come to the target. Unless the server is to be asked, only reads. */
export async function previewDowngrade(
  context: MigrationContext,
  target = '-1',
  options: PreviewOptions = {},
): Promise<MigrationPreview> {
  return await preview(context, options, (session, state) => planDowngrade(context, session, state, target));
}

type MakePlans = (session: PinnedSession, state: LedgerState) => readonly RevisionPlan[];

async function preview(
  context: MigrationContext,
  { asksServer = false }: PreviewOptions,
  makePlans: MakePlans,
): Promise<MigrationPreview> {
  const { blocking, algorithms } = context.database.dialect;
  if (!asksServer || blocking !== undefined || algorithms === undefined) {
    return await context.database.pinned(async (session) => {
      const found = await read(context, session, makePlans);
      if (!asksServer) return found;
      const measured = await refuseBlocking(context, session, found.plans, { measuresAll: true });
      return { ...found, plans: await chooseForAll(context, session, measured) };
    });
  }
  return await withMigrationLock(context, async (session) => {
    const { unfinished, plans, backfills } = await read(context, session, makePlans);
    const [first, ...others] = await chooseForAll(context, session, [
      ...(unfinished ? [unfinished.plan] : []),
      ...plans,
    ]);
    if (unfinished === undefined || first === undefined)
      return { unfinished, plans: first ? [first, ...others] : [], backfills };
    return { unfinished: { ...unfinished, plan: first }, plans: others, backfills };
  });
}

async function read(
  context: MigrationContext,
  session: PinnedSession,
  makePlans: MakePlans,
): Promise<MigrationPreview> {
  const state = readState(await context.ledger.read(lineOf(session)));
  refuseUnexplained(state, context.graph);
  const unfinished = unfinishedPlan(context, session, state);
  const plans = makePlans(session, finished(state));
  const backfills = await estimates(session, [...(unfinished ? [unfinished.plan] : []), ...plans]);
  return { unfinished, plans, backfills };
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
